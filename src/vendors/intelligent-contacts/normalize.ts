import type { Draft, Warning } from "../../events/draft.ts";
import { isObject, type JsonObject } from "../../events/json.ts";
import { type SourceSettings, unknown, type Webhook } from "../vendor.ts";
import { callRecord } from "./call-record.ts";
import { isKind, kindByBody } from "./kinds.ts";
import { readCallRecord } from "./read-call.ts";
import { readRegF, regFRecord } from "./reg-f.ts";

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
  const { shape } = kind === "reg-f" ? regFRecord : callRecord;
  const known = Object.keys(body).some((name) => Object.hasOwn(shape, name));
  if (!known) return unknown(webhook, kind, ...warnings, "no_known_field");
  const reading = { webhook, source, body, warnings };
  return kind === "reg-f" ? readRegF(reading) : readCallRecord(kind, reading);
}

/** The vendor's log shows bodies inside `{headers, json}`; should they come so, the inside counts. */
export function unwrap(body: JsonObject): JsonObject {
  const { json } = body;
  return isObject(json) && !Object.hasOwn(body, "call_id") && !Object.hasOwn(body, "reason") ? json : body;
}
