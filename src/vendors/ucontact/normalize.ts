import type { Draft, Warning } from "../../events/draft.ts";
import { isObject } from "../../events/json.ts";
import { readText } from "../../events/values/read.ts";
import { type SourceSettings, unknown, type Webhook } from "../vendor.ts";
import { interactionBody, readAssignment, readFinish, readInteractionDisposition } from "./interaction.ts";
import { type Kind, kindOf } from "./kinds.ts";
import { agentBreak, agentLog, readBreak, readLog } from "./presence.ts";
import type { Reading } from "./reading.ts";
import { agentRingNoAnswer, readRingNoAnswer } from "./ring-no-answer.ts";

/** What reads each kind, and the fields that its body may have. */
export const readers = {
  AgentRingNoAnswer: { schema: agentRingNoAnswer, read: readRingNoAnswer },
  AgentLog: { schema: agentLog, read: readLog },
  AgentBreak: { schema: agentBreak, read: readBreak },
  AssignInteraction: { schema: interactionBody, read: readAssignment },
  FinishInteraction: { schema: interactionBody, read: readFinish },
  InteractionDisposition: { schema: interactionBody, read: readInteractionDisposition },
} as const satisfies Record<Kind, { schema: { shape: object }; read: (reading: Reading) => Draft }>;

/** The envelope that every body has: it says nothing of the kind's own fields. */
const ENVELOPE = new Set(["event", "date"]);

/** Turns one webhook of uContact into an event. */
export function normalize(webhook: Webhook, source: SourceSettings): Draft {
  const { body } = webhook;
  if (body === null || body === "") return unknown(webhook, undefined, "empty_body");
  if (!isObject(body)) return unknown(webhook, undefined, "not_an_object");
  if (Object.keys(body).length === 0) return unknown(webhook, undefined, "empty_body");

  const named = readText(body.event);
  const word = webhook.kind ?? named;
  const kind = kindOf(word);
  const agree = named === undefined || named === word || (kind !== undefined && kindOf(named) === kind);
  const warnings: Warning[] = agree ? [] : ["kind_mismatch"];
  if (kind === undefined) return unknown(webhook, word, ...warnings, "unknown_kind");

  const vendorEvent = agree && named !== undefined ? named : kind;
  const { schema, read } = readers[kind];
  const known = Object.keys(body).some((name) => Object.hasOwn(schema.shape, name) && !ENVELOPE.has(name));
  if (!known) return unknown(webhook, vendorEvent, ...warnings, "no_known_field");
  return read({ webhook, source, body, vendorEvent, warnings });
}
