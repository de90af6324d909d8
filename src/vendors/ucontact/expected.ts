import * as z from "zod";
import { isObject, type JsonObject } from "../../events/json.ts";
import { readText } from "../../events/values/read.ts";
import type { Expected, ExpectedBody, Labelled } from "../expected.ts";
import { text } from "../values/fields.ts";
import type { WebhookContent } from "../vendor.ts";
import { nameOf } from "./campaign.ts";
import { readLevels } from "./disposition.ts";
import { interactionBody } from "./interaction.ts";
import { kindOf } from "./kinds.ts";
import { readers } from "./normalize.ts";
import { agentBreak } from "./presence.ts";

const words = { event: (word: string) => kindOf(word) !== undefined };

/** Of an event that nobody knows, its name is the news. */
const anyEvent: Expected = { schema: z.object({ event: text }), words, open: true };

/** What is expected of a body of the kind in its URL, else of the one that it names. */
export function expectedOf({ body, kind: inUrl }: WebhookContent): ExpectedBody | undefined {
  if (!isObject(body)) return undefined;
  const kind = kindOf(inUrl ?? readText(body.event));
  return { body, expected: kind === undefined ? anyEvent : { schema: readers[kind].schema, words, labels: labelsOf } };
}

/** The words that the tenant made up: no kind has all of them. */
function labelsOf(object: JsonObject): Labelled[] {
  const { campaign, ...body } = interactionBody.parse(object);
  const { motive } = agentBreak.parse(object);
  return [
    { kind: "campaign", ids: [nameOf(campaign), campaign] },
    { kind: "disposition", ids: [readLevels(body).word] },
    { kind: "status", ids: [motive] },
  ];
}
