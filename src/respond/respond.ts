import type { Responder } from "../config/responders.ts";
import type { Json } from "../events/json.ts";
import type { Answer } from "../events/parts/answer.ts";
import { readMediaType } from "../platform/text/media-type.ts";
import type { Reply } from "../vendors/asked-kind.ts";
import { ask, type Order, type Said } from "./ask.ts";
import { cacheName, keep, recall } from "./kept-answers.ts";
import { pulseOf } from "./pulse.ts";

const SECOND_MS = 1000;

/** A question as the vendor put it, decoded and without its key. */
export interface Question extends Pick<Order, "receipt" | "origin"> {
  readonly method: string;
  readonly body: Json;
}

/** What the vendor is answered, nothing when it is refused, and how it came to that. */
export interface Responded {
  readonly reply: Reply | undefined;
  readonly answer: Answer & Required<Pick<Answer, "kind" | "outcome" | "cached">>;
}

/** What a question came to before it is known whether there is an answer for this case. */
type Found = { readonly reply: Reply; readonly status?: number; readonly cached: boolean } | NoReply;
type NoReply = { readonly reply?: undefined } & Pick<Answer, "reason" | "status">;

/**
 * Answers a question by its responder: from what is kept, else by asking, unless the responder is known to be dead. What
 * is not an answer that the vendor takes is replaced by the one that the configuration has for this case. Never waits
 * longer than the responder's time limit, and never rejects.
 * @param now milliseconds since the epoch
 */
export async function respond(responder: Responder, question: Question, now: number): Promise<Responded> {
  const name = await cacheName(responder, question.method, question.body);
  const kept = name === undefined ? undefined : recall(name, now);
  const found: Found = kept === undefined ? await find(responder, question, now) : { reply: kept, cached: true };
  const kind = responder.name;
  if (found.reply !== undefined) {
    const { reply, status, cached } = found;
    if (name !== undefined && !cached) keepFor(responder, name, reply);
    return { reply, answer: { kind, outcome: "answered", status, cached } };
  }
  const { reason, status } = found;
  const reply = otherwise(responder, question.body);
  const outcome = reply === undefined ? "refused" : "otherwise";
  return { reply, answer: { kind, outcome, status, cached: false, reason } };
}

async function find(responder: Responder, { body, method: _, ...order }: Question, now: number): Promise<Found> {
  const pulse = pulseOf(responder);
  const turn = pulse.take(now, responder.timeoutMs);
  if (turn === undefined) return { reason: "known_dead" };
  const said = await ask(responder, { ...order, question: JSON.stringify(body) }, now);
  pulse.note(said.state === "answered" || said.isAlive, turn, now, Date.now());
  return judge(said, responder, body);
}

function judge(said: Said, { kind }: Responder, question: Json): Found {
  const { status } = said;
  if (said.state === "unanswered") return { reason: said.reason, status };
  const reply = forVendor(said.reply, kind, question);
  return typeof reply === "string" ? { reason: reply, status } : { reply, status: said.status, cached: false };
}

/** A content type that is none cannot be passed on, whatever the body is. */
function forVendor(reply: Reply, { judge }: Responder["kind"], question: Json): ReturnType<Responder["kind"]["judge"]> {
  const { type } = readMediaType(reply.type) ?? {};
  return type === undefined ? "type" : judge({ ...reply, type }, question);
}

function otherwise({ otherwise: reply, kind }: Responder, question: Json): Reply | undefined {
  const fitting =
    reply === undefined || reply.bytes.byteLength > kind.maxBytes ? undefined : forVendor(reply, kind, question);
  return typeof fitting === "string" ? undefined : fitting;
}

function keepFor({ cache }: Responder, name: string, reply: Reply): void {
  if (cache !== undefined) keep(name, reply, Date.now() + cache.seconds * SECOND_MS);
}
