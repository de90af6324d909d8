import type { Responder } from "../config/responders.ts";
import type { Read } from "./body/formats.ts";
import { explainKind } from "./kind.ts";
import { methodsOf } from "./methods.ts";
import type { Proved } from "./proved.ts";
import { type Asked, readQuestion } from "./question.ts";
import type { WebhookRefusal } from "./refusals/webhook-refusals.ts";

/** What is to become of a webhook whose key was proved. `sentence`: more helpful than the usual one. */
export type Verdict =
  | { readonly state: "refused"; readonly reason: WebhookRefusal; readonly sentence?: string | undefined }
  | { readonly state: "asked"; readonly read: Read; readonly asked: Asked }
  | { readonly state: "asked_responder"; readonly read: Read; readonly responder: Responder }
  | { readonly state: "accepted"; readonly read: Read };

/** Judges a webhook by what it is: its method, its size, its kind and what it says. Pure. */
export function judgeWebhook(webhook: Proved): Verdict {
  const { source, kind, incoming, decoded } = webhook;
  const responder = source.responders.get(kind ?? "");
  if (!methodsOf(webhook).includes(incoming.method)) return { state: "refused", reason: "method_not_allowed" };
  if (decoded.state === "too_large") return { state: "refused", reason: "too_large" };
  const sentence = responder === undefined ? explainKind(kind, source.vendor) : undefined;
  if (sentence !== undefined) return { state: "refused", reason: "not_supported", sentence };
  if (decoded.state !== "read") return { state: "refused", reason: decoded.state };
  if (responder !== undefined) return { state: "asked_responder", read: decoded, responder };
  const asked = readQuestion(source.vendor, kind, decoded);
  if (asked.state === "invalid_question") return { state: "refused", reason: "invalid_question" };
  return asked.state === "asked" ? { state: "asked", read: decoded, asked } : { state: "accepted", read: decoded };
}
