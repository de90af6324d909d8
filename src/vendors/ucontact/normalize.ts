import type { BareDraft, Draft, Warning } from "../../events/draft.ts";
import { isObject } from "../../events/json.ts";
import { readText } from "../../events/values/read.ts";
import type { SourceSettings } from "../source-settings.ts";
import { unknown, type Webhook } from "../vendor.ts";
import { MONTHLESS_WINDOW_MS, USUAL_WINDOW_MS, type Window, windowOf } from "../windows.ts";
import { namesASecond } from "./date.ts";
import { interactionBody, readAssignment, readFinish, readInteractionDisposition } from "./interaction.ts";
import { type Kind, kindOf } from "./kinds.ts";
import { agentBreak, agentLog, readBreak, readLog } from "./presence.ts";
import type { Reading } from "./reading.ts";
import { agentRingNoAnswer, readRingNoAnswer } from "./ring-no-answer.ts";

interface Reader {
  /** The fields that its body may have. */
  readonly schema: { readonly shape: object };
  /** How long the same body is the same event. */
  readonly window: Window;
  readonly read: (reading: Reading) => BareDraft;
}

/** No body has an id of its own; its date lacks the month. */
const window = { times: ["date"], lasts: MONTHLESS_WINDOW_MS } as const;

/** What reads each kind. */
export const readers = {
  AgentRingNoAnswer: { schema: agentRingNoAnswer, window, read: readRingNoAnswer },
  AgentLog: { schema: agentLog, window, read: readLog },
  AgentBreak: { schema: agentBreak, window, read: readBreak },
  AssignInteraction: { schema: interactionBody, window, read: readAssignment },
  FinishInteraction: { schema: interactionBody, window, read: readFinish },
  InteractionDisposition: { schema: interactionBody, window, read: readInteractionDisposition },
} as const satisfies Record<Kind, Reader>;

/** The envelope that every body has: it says nothing of the kind's own fields. */
const ENVELOPE = new Set(["event", "date"]);

/** Turns one webhook of uContact into an event. */
export function normalize(webhook: Webhook, source: SourceSettings): Draft {
  const named = isObject(webhook.body) ? readText(webhook.body.event) : undefined;
  const word = webhook.kind ?? named;
  const kind = kindOf(word);
  return { ...readBody(webhook, source, named, kind), kind: kind ?? word ?? "" };
}

function readBody(webhook: Webhook, source: SourceSettings, named: string | undefined, kind: Kind | undefined): Draft {
  const { body } = webhook;
  if (body === null || body === "") return unknown(webhook, undefined, "empty_body");
  if (!isObject(body)) return unknown(webhook, undefined, "not_an_object");
  if (Object.keys(body).length === 0) return unknown(webhook, undefined, "empty_body");

  const word = webhook.kind ?? named;
  const agree = named === undefined || named === word || (kind !== undefined && kindOf(named) === kind);
  const warnings: Warning[] = agree ? [] : ["kind_mismatch"];
  if (kind === undefined) return unknown(webhook, word, ...warnings, "unknown_kind");

  const vendorEvent = agree && named !== undefined ? named : kind;
  const { schema, window, read } = readers[kind];
  const known = Object.keys(body).some((name) => Object.hasOwn(schema.shape, name) && !ENVELOPE.has(name));
  if (!known) return unknown(webhook, vendorEvent, ...warnings, "no_known_field");
  const draft = read({ webhook, source, body, vendorEvent, warnings });
  if (draft.type === "vendor.unknown") return { ...draft, kind, window: USUAL_WINDOW_MS };
  return { ...draft, kind, window: windowOf(window, { hasTime: (name) => namesASecond(readText(body[name])) }) };
}
