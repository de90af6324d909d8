import * as z from "zod";
import { isObject, type Json } from "../../events/json.ts";
import type { Conversation } from "../../events/parts/message.ts";
import { readList, readRecord } from "../../events/values/read.ts";
import { text } from "../values/fields.ts";
import { distinct } from "./lists.ts";
import { readAs, shares } from "./names.ts";
import type { Times } from "./times.ts";

/** One line of a chat. */
export const line = z.object({ from: text, date: text, message: text });

/** The page types a conversation as an object of one line's fields; surely it is a list of such. Both are read. */
export function transcriptOf(conversation: Json | undefined, times: Times): Conversation["transcript"] {
  const lines = isObject(conversation) && shares(conversation, line) ? [conversation] : readList(conversation);
  return distinct(
    lines.map((item) => {
      const record = readRecord(item);
      if (record === undefined) return undefined;
      const { from, date, message } = readAs(line, record);
      const known = from ?? date ?? message;
      return known === undefined ? undefined : { from, at: times.read(date) ?? date, text: message };
    }),
  );
}
