import * as z from "zod";
import type { Json } from "../../events/json.ts";
import type { Customer } from "../../events/parts/people.ts";
import { readRecord, readText } from "../../events/values/read.ts";
import { id, readFields, text } from "../values/fields.ts";

export const contactSchema = z.object({ id: id("0", "-1"), username: text, channel_identifier: text });
export const channelSchema = z.object({ id: id("0", "-1"), type: text, name: text });

/** The person at the other end of a digital conversation. */
export function readContact(value: Json | undefined): Customer {
  const contact = readFields(contactSchema, readRecord(value) ?? {});
  return { id: contact.id, name: contact.username, handle: contact.channel_identifier };
}

/** The kind of channel: `chat`, `whatsapp`, … */
export function readChannel(value: Json | undefined): string | undefined {
  return readText(value) ?? readFields(channelSchema, readRecord(value) ?? {}).type;
}
