import type { Draft, Warning } from "../../events/draft.ts";
import { isObject, type JsonObject } from "../../events/json.ts";
import type { SourceSettings } from "../source-settings.ts";
import { unknown, type Webhook } from "../vendor.ts";
import { windowOf } from "../windows.ts";
import { isKindName, type KindName, kindNamed, kindsByShape } from "./kinds.ts";
import { readAs, shares } from "./names.ts";
import { isTime } from "./times.ts";

/** Reads a webhook by the kind in its URL, else by its shape. */
export function normalize(webhook: Webhook, source: SourceSettings): Draft {
  const { body } = webhook;
  if (webhook.login !== undefined) return answered(webhook, source);
  if (body === null || body === "" || (isObject(body) && Object.keys(body).length === 0)) {
    return unknown(webhook, undefined, "empty_body");
  }
  if (!isObject(body)) return unknown(webhook, undefined, "not_an_object");
  const shaped = kindsByShape(body);
  const kind = webhook.kind ?? shaped[0];
  if (!isKindName(kind)) return unknown(webhook, undefined, "unknown_kind");
  const mismatch: Warning[] = shaped.length > 0 && !shaped.includes(kind) ? ["kind_mismatch"] : [];
  if (!fits(kind, body)) return { ...unknown(webhook, undefined, "no_known_field", ...mismatch), kind };
  const draft = draftOf(kind, body, webhook, source);
  return { ...draft, warnings: [...mismatch, ...draft.warnings] };
}

/** A login question that was answered is a decision, whatever its URL said. */
function answered(webhook: Webhook, source: SourceSettings): Draft {
  const draft = draftOf("project-login", isObject(webhook.body) ? webhook.body : {}, webhook, source);
  const known = webhook.kind === undefined || isKindName(webhook.kind);
  return { ...draft, warnings: known ? draft.warnings : ["unknown_kind"] };
}

function draftOf(kind: KindName, body: JsonObject, webhook: Webhook, source: SourceSettings): Draft {
  const { draft, window, schema } = kindNamed(kind);
  const members: Readonly<Record<string, unknown>> = readAs(schema, body);
  const told = (name: string) => (typeof members[name] === "string" ? members[name] : undefined);
  const hasId = (name: string) => told(name) !== undefined;
  return {
    ...draft(body, webhook, source),
    kind,
    window: windowOf(window, { hasTime: (name) => isTime(told(name)), hasId }),
  };
}

function fits(kind: KindName, body: JsonObject): boolean {
  const { fits, schema } = kindNamed(kind);
  return fits === undefined ? shares(body, schema) : fits(body);
}
