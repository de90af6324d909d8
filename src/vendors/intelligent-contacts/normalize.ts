import type { BareDraft, Draft, Warning } from "../../events/draft.ts";
import { isObject, type JsonObject } from "../../events/json.ts";
import type { SourceSettings } from "../source-settings.ts";
import { isTime } from "../values/moment.ts";
import { unknown, type Webhook } from "../vendor.ts";
import { REG_F_WINDOW_MS, type Window, windowOf } from "../windows.ts";
import { callRecord } from "./call-record.ts";
import { isKind, type Kind, kindByBody } from "./kinds.ts";
import { moment } from "./moment.ts";
import { readCallRecord } from "./read-call.ts";
import type { Reading } from "./reading.ts";
import { readRegF, regFRecord } from "./reg-f.ts";

interface Reader {
  /** The fields that its body may have. */
  readonly schema: { readonly shape: object };
  /** How long the same body is the same event. */
  readonly window: Window;
  readonly read: (reading: Reading) => BareDraft;
}

/** A snapshot says when its call began, so that another call's never reads alike. */
const calls = { schema: callRecord, window: { times: ["call_date"] } } as const;

/** What reads each kind. */
const readers = {
  "call-created": { ...calls, read: (reading) => readCallRecord("call-created", reading) },
  "call-ended": { ...calls, read: (reading) => readCallRecord("call-ended", reading) },
  "call-saved": { ...calls, read: (reading) => readCallRecord("call-saved", reading) },
  "reg-f": { schema: regFRecord, window: REG_F_WINDOW_MS, read: readRegF },
} as const satisfies Record<Kind, Reader>;

/** Turns one webhook of HCC into an event. The kind in the URL decides; what the body looks like only checks it. */
export function normalize(webhook: Webhook, source: SourceSettings): Draft {
  if (webhook.body === null || webhook.body === "") return unknown(webhook, undefined, "empty_body");
  if (!isObject(webhook.body)) return unknown(webhook, undefined, "not_an_object");
  const body = unwrap(webhook.body);
  if (Object.keys(body).length === 0) return unknown(webhook, undefined, "empty_body");

  const looks = kindByBody(body);
  const kind = webhook.kind ?? looks;
  if (!isKind(kind)) return unknown(webhook, undefined, "unknown_kind");

  const warnings: Warning[] = looks === undefined || looks === kind ? [] : ["kind_mismatch"];
  const { schema, window, read } = readers[kind];
  const known = Object.keys(body).some((name) => Object.hasOwn(schema.shape, name));
  if (!known) return unknown(webhook, kind, ...warnings, "no_known_field");
  const hasTime = (name: string) => isTime(moment.parse(body[name]));
  return { ...read({ source, body, warnings }), kind, window: windowOf(window, { hasTime }) };
}

/** The vendor's log shows bodies inside `{headers, json}`; should they come so, the inside counts. */
export function unwrap(body: JsonObject): JsonObject {
  const { json } = body;
  return isObject(json) && !Object.hasOwn(body, "call_id") && !Object.hasOwn(body, "reason") ? json : body;
}
