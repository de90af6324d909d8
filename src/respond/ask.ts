import { leadsTo } from "../config/own-url.ts";
import type { Responder } from "../config/responders.ts";
import { sign } from "../config/secrets/sign.ts";
import type { NoAnswerReason } from "../events/parts/answer.ts";
import { readAtMost } from "../platform/read-at-most.ts";
import { withTimeLimit } from "../platform/time-limit.ts";
import type { Reply } from "../vendors/asked-kind.ts";
import { version } from "../version.ts";

/** A question on its way to its responder. */
export interface Order {
  /** `webhook-id` of the question. */
  readonly receipt: string;
  /** JSON. */
  readonly question: string;
  /** Where the relay was called, while nobody said where it is reached. */
  readonly origin: string | undefined;
}

/** What a responder said, or why it said nothing that counts. `isAlive`: it answered, be it nonsense. */
export type Said = { readonly state: "answered"; readonly status: number; readonly reply: Reply } | Unanswered;

export interface Unanswered {
  readonly state: "unanswered";
  readonly reason: NoAnswerReason;
  readonly status?: number | undefined;
  readonly isAlive: boolean;
}

/**
 * What `fetch` undoes by itself, in small letters alone; a body in any other coding would be taken for what it is not, and a
 * caller be read its bytes.
 */
const CODINGS: readonly string[] = ["", "gzip", "br"];
const NO_CODING = "identity";
const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;

/**
 * Asks a responder once. One time limit covers connection, head and body: who has not said all by then has said nothing.
 * The bytes that are signed are the bytes that are sent; redirects are not followed. Never rejects.
 * @param now milliseconds since the epoch
 */
export async function ask(responder: Responder, order: Order, now: number): Promise<Said> {
  if (responder.unusable !== undefined) return unanswered(responder.unusable, { isAlive: true });
  if (leadsTo(new URL(responder.ask), order.origin)) return unanswered("refused_url", { isAlive: true });
  const silence = new AbortController();
  const said = await withTimeLimit(send(responder, order, now, silence.signal), responder.timeoutMs);
  if (said.ok) return said.value;
  silence.abort();
  return unanswered(said.reason === "timeout" ? "timeout" : "connection", { isAlive: false });
}

async function send(
  { ask: url, secrets, headers, kind }: Responder,
  { receipt, question }: Order,
  now: number,
  signal: AbortSignal,
): Promise<Said> {
  const timestamp = Math.floor(now / 1000);
  const signature = await sign(receipt, timestamp, question, secrets);
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    signal,
    body: question,
    headers: {
      ...headers,
      "content-type": "application/json",
      "user-agent": `hookswitch/${version}`,
      "webhook-id": receipt,
      "webhook-timestamp": String(timestamp),
      ...(signature === "" ? {} : { "webhook-signature": signature }),
    },
  });
  const { status, ok, body } = response;
  const refused = ok ? explainHead(response, kind.maxBytes) : "status";
  if (refused !== undefined) {
    await body?.cancel().catch(() => undefined);
    return unanswered(refused, { status, isAlive: status < SERVER_ERROR && status !== TOO_MANY_REQUESTS });
  }
  const bytes = await readAtMost(body, kind.maxBytes);
  if (bytes === undefined) return unanswered("too_large", { status, isAlive: true });
  return { state: "answered", status, reply: { type: response.headers.get("content-type") ?? "", bytes } };
}

/** Why a body is not even read. */
function explainHead({ headers }: Response, maxBytes: number): NoAnswerReason | undefined {
  const coding = headers.get("content-encoding")?.trim() ?? "";
  if (!CODINGS.includes(coding) && coding.toLowerCase() !== NO_CODING) return "coding";
  return Number(headers.get("content-length") ?? 0) > maxBytes ? "too_large" : undefined;
}

function unanswered(reason: NoAnswerReason, { status, isAlive }: Pick<Unanswered, "status" | "isAlive">): Unanswered {
  return { state: "unanswered", reason, status, isAlive };
}
