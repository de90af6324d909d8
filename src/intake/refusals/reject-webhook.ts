import { toHex } from "../../platform/text/hex.ts";
import type { Incoming } from "../body/incoming.ts";
import type { InboundRequest } from "../inbound-request.ts";
import { knownKind } from "../kind.ts";
import { methodsOf } from "../methods.ts";
import type { Proved } from "../proved.ts";
import { scrubbingOf } from "../scrub/rules.ts";
import { scrub } from "../scrub/scrub.ts";
import { noteRejection, type Refused } from "./note-rejection.ts";
import { reject } from "./reject.ts";
import { skeletonOf, skeletonOfText } from "./skeleton.ts";
import { type WebhookRefusal, webhookRefusals } from "./webhook-refusals.ts";

/** Seconds. */
const RETRY_AFTER = "5";

/** Refuses a webhook whose key was proved. `sentence`: more helpful than the usual one. */
export async function rejectWebhook(
  webhook: Proved,
  reason: WebhookRefusal,
  inbound: InboundRequest,
  sentence?: string,
): Promise<Response> {
  const { source } = webhook;
  const [code, usual] = webhookRefusals[reason];
  const kind = knownKind(webhook.kind, source.vendor);
  const { liveKeys } = webhook;
  noteRejection({ source: source.id, reason, code, kind, liveKeys, ...(await outlineOf(webhook)) }, inbound);
  const allow = methodsOf(webhook).join(", ");
  const words = reason === "method_not_allowed" ? `Use one of ${allow}.` : (sentence ?? usual);
  return reject(code, { reason, source: source.id }, inbound, words, headersOf(reason, allow));
}

/**
 * All that is kept of a refused body: its member names, its length and its digest. Nothing of a question that its source
 * does not record: the digest of a number and a PIN can be guessed.
 */
async function outlineOf(webhook: Proved): Promise<Pick<Refused, "detail" | "body">> {
  const { source, kind, incoming, decoded, liveKeys } = webhook;
  const { body } = incoming;
  const isUnrecorded = source.responders.get(kind ?? "")?.record === false;
  if (body.state !== "whole" || isUnrecorded) return { detail: {} };
  const skeleton =
    decoded.state === "read"
      ? skeletonOf(scrub(decoded.body, scrubbingOf(source, liveKeys)).body)
      : skeletonOfText(await textOf(incoming), liveKeys);
  return {
    detail: { skeleton },
    body: {
      bytes: body.bytes.byteLength,
      sha256: toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", body.bytes))),
    },
  };
}

/** What can be read of a body that cannot be understood. */
async function textOf({ text }: Incoming): Promise<string> {
  const read = await text();
  return read.state === "whole" ? read.text : "";
}

function headersOf(reason: WebhookRefusal, allow: string): Readonly<Record<string, string>> {
  if (reason === "not_stored") return { "retry-after": RETRY_AFTER };
  return reason === "method_not_allowed" ? { allow } : {};
}
