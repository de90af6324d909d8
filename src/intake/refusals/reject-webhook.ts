import type { ProblemCode } from "../../problem.ts";
import { readText } from "../body/read-text.ts";
import type { Proved } from "../proved.ts";
import { scrub, scrubbingOf } from "../scrub.ts";
import type { Visit } from "../visit.ts";
import { noteRejection, type Refused } from "./note-rejection.ts";
import { reject } from "./reject.ts";
import { skeletonOf, skeletonOfText } from "./skeleton.ts";

/** Seconds. */
const RETRY_AFTER = "5";

/** Why a webhook with a proved key is refused: the code and the sentence for its sender. */
const refusals = {
  too_large: ["body_too_large", "A webhook may have 1 MiB at most."],
  not_supported: ["not_supported", "This kind cannot be served."],
  malformed: ["malformed_body", "The body is neither JSON nor a form."],
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
  visit: Visit,
  sentence?: string,
): Promise<Response> {
  const { source } = webhook;
  const [code, usual] = refusals[reason];
  noteRejection({ source: source.id, reason, ...(await outlineOf(webhook)) }, visit);
  const headers: Record<string, string> = reason === "not_stored" ? { "retry-after": RETRY_AFTER } : {};
  return reject(code, { reason, source: source.id }, visit, sentence ?? usual, headers);
}

/** All that is kept of a refused body: its member names, its length and its digest. */
async function outlineOf({ source, incoming, decoded, secrets }: Proved): Promise<Pick<Refused, "detail" | "body">> {
  const { body, headers } = incoming;
  if (body.state !== "whole") return { detail: {} };
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body.bytes));
  const skeleton =
    decoded.state === "read"
      ? skeletonOf(scrub(decoded.body, scrubbingOf(source, secrets)).body)
      : skeletonOfText(readText(body.bytes, headers.get("content-type") ?? "").text, secrets);
  return {
    detail: { skeleton },
    body: {
      bytes: body.bytes.byteLength,
      sha256: [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
    },
  };
}
