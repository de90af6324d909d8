import type { Draft, Warning } from "../../events/draft.ts";
import { isObject, type JsonObject } from "../../events/json.ts";
import { type SourceSettings, unknown, type Webhook } from "../vendor.ts";
import type { Kind } from "./kind.ts";
import { kindOf, kinds, kindsByShape } from "./kinds.ts";
import { shares } from "./names.ts";

/** Reads a webhook by the kind in its URL, else by its shape. */
export function normalize(webhook: Webhook, source: SourceSettings): Draft {
  const { body } = webhook;
  if (webhook.login !== undefined) return answered(webhook, source);
  if (body === null || body === "" || (isObject(body) && Object.keys(body).length === 0)) {
    return unknown(webhook, undefined, "empty_body");
  }
  if (!isObject(body)) return unknown(webhook, undefined, "not_an_object");
  const shaped = kindsByShape(body);
  const kind = webhook.kind === undefined ? shaped[0] : kindOf(webhook.kind);
  if (kind === undefined) return unknown(webhook, undefined, "unknown_kind");
  const mismatch: Warning[] = shaped.length > 0 && !shaped.includes(kind) ? ["kind_mismatch"] : [];
  if (!fits(kind, body)) return unknown(webhook, undefined, "no_known_field", ...mismatch);
  const draft = kind.draft(body, webhook, source);
  return { ...draft, warnings: [...mismatch, ...draft.warnings] };
}

/** A login question that was answered is a decision, whatever its URL said. */
function answered(webhook: Webhook, source: SourceSettings): Draft {
  const draft = kinds["project-login"].draft(isObject(webhook.body) ? webhook.body : {}, webhook, source);
  const known = webhook.kind === undefined || kindOf(webhook.kind) !== undefined;
  return { ...draft, warnings: known ? draft.warnings : ["unknown_kind"] };
}

function fits(kind: Kind, body: JsonObject): boolean {
  return kind.fits === undefined ? shares(body, kind.schema) : kind.fits(body);
}
