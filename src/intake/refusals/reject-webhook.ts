import type { ProblemCode } from "../../problem.ts";
import type { Incoming } from "../body/incoming.ts";
import { readBodyText } from "../body/read-json.ts";
import type { InboundRequest } from "../inbound-request.ts";
import { toHex } from "../keys/bytes.ts";
import { knownKind } from "../kind.ts";
import { methodsOf } from "../methods.ts";
import type { Proved } from "../proved.ts";
import { scrubbingOf } from "../scrub/rules.ts";
import { scrub } from "../scrub/scrub.ts";
import { noteRejection, type Refused } from "./note-rejection.ts";
import { reject } from "./reject.ts";
import { skeletonOf, skeletonOfText } from "./skeleton.ts";

/** Seconds. */
const RETRY_AFTER = "5";

/** Why a webhook with a proved key is refused: the code and the sentence for its sender. */
const refusals = {
  method_not_allowed: ["method_not_allowed", "Use a method that this kind takes."],
  too_large: ["body_too_large", "A webhook may have 1 MiB at most."],
  not_supported: ["not_supported", "This kind cannot be served."],
  malformed: ["malformed_body", "The body is neither JSON nor a form."],
  unknown_coding: ["malformed_body", "A body may have one content coding, gzip or deflate."],
  broken_coding: ["malformed_body", "The body is not of the content coding that it says, or is damaged."],
  undecryptable: ["malformed_body", "The body cannot be decrypted with any key of this source."],
  invalid_question: [
    "invalid_question",
    "A login question names at least one project, and the agent by id or username.",
  ],
  not_stored: ["not_stored", "It could be stored nowhere in time; please send it again."],
} as const satisfies Record<string, readonly [ProblemCode, string]>;

/** Refuses a webhook whose key was proved. `sentence`: more helpful than the usual one. */
export async function rejectWebhook(
  webhook: Proved,
  reason: keyof typeof refusals,
  inbound: InboundRequest,
  sentence?: string,
): Promise<Response> {
  const { source } = webhook;
  const [code, usual] = refusals[reason];
  const kind = knownKind(webhook.kind, source.vendor);
  const { liveKeys } = webhook;
  noteRejection({ source: source.id, reason, code, kind, liveKeys, ...(await outlineOf(webhook)) }, inbound);
  const allow = methodsOf(webhook).join(", ");
  const words = reason === "method_not_allowed" ? `Use one of ${allow}.` : (sentence ?? usual);
  return reject(code, { reason, source: source.id }, inbound, words, headersOf(reason, allow));
}

/** All that is kept of a refused body: its member names, its length and its digest. */
async function outlineOf({ source, incoming, decoded, liveKeys }: Proved): Promise<Pick<Refused, "detail" | "body">> {
  const { body } = incoming;
  if (body.state !== "whole") return { detail: {} };
  const skeleton =
    decoded.state === "read"
      ? skeletonOf(scrub(decoded.body, scrubbingOf(source, liveKeys)).body)
      : skeletonOfText(await textOf(incoming), liveKeys);
  return {
    detail: { skeleton },
    body: { bytes: body.bytes.byteLength, sha256: toHex(await crypto.subtle.digest("SHA-256", body.bytes)) },
  };
}

/** What can be read of a body that cannot be understood. */
async function textOf({ content, headers }: Incoming): Promise<string> {
  const plain = await content();
  return plain.state === "whole" ? readBodyText(plain.bytes, headers.get("content-type") ?? "").text : "";
}

function headersOf(reason: keyof typeof refusals, allow: string): Readonly<Record<string, string>> {
  if (reason === "not_stored") return { "retry-after": RETRY_AFTER };
  return reason === "method_not_allowed" ? { allow } : {};
}
