import * as z from "zod";
import { answer } from "../events/parts/answer.ts";
import { login } from "../events/parts/login.ts";
import { receipt } from "../events/receipt.ts";
import { traceParent } from "../events/trace-parent.ts";
import { deliveryState } from "../log/deliveries/state.ts";

/** How the first attempt of a delivery ended, or that it was left to the retries. */
const firstResult = z.object({
  state: deliveryState,
  /** Attempts made: 0 or 1. */
  attempt: z.number(),
  /** When the next one is due, milliseconds since the epoch; absent while the delivery is held. */
  next: z.number().optional(),
  at: z.number(),
  ms: z.number(),
  status: z.number().optional(),
  reason: z.string().optional(),
  /** The beginning of the receiver's answer, if it was no success. */
  answer: z.string().optional(),
});

/** A message of the queue has 128 KB at most, what the platform adds to it included. */
export const MAX_QUEUED_BYTES = 127_000;
/** Kept free for the results of first attempts, should the log not take them: those of some 200 destinations. */
export const ROOM_FOR_RESULTS_BYTES = 37_000;

/** One accepted webhook on its way through the queue. Its body is scrubbed JSON text, or lies in the spool. */
export const webhookMessage = z.object({
  v: z.literal(1),
  receipt,
  source: z.string(),
  vendor: z.string(),
  kind: z.string().optional(),
  /** Milliseconds since the epoch. */
  receivedAt: z.number(),
  /** Name of the key reference that was proved. */
  key: z.string(),
  warnings: z.array(z.string()).default([]),
  body: z.string().optional(),
  /** The body lies in the spool under the receipt. */
  ref: z.literal(true).optional(),
  /** The answer given, when the webhook was a login question. */
  login: login.optional(),
  /** What became of it, when the webhook was a question to a responder. */
  answer: answer.optional(),
  /** It was signed; `id`: the message id under the signature, where the scheme has one. */
  signed: z.object({ id: z.string().optional() }).optional(),
  /** A hash of what was sent, where reading it lost some of it: of two bodies that read alike, only that one is the same event. */
  sent: z.string().optional(),
  /** The origin that the vendor called, while PUBLIC_URL is not set. */
  origin: z.string().optional(),
  traceparent: traceParent.optional().catch(undefined),
  /** First attempts already made, by destination, when the log could not take them down at once. */
  results: z.record(z.string(), firstResult).optional(),
  /** How often it travelled on, because it could not be handled to its end. */
  carried: z.number().optional(),
  /** How often in a row it travelled on because it had to wait for its turn; that is not held against it. */
  waited: z.number().optional(),
  /** How often it was not taken, or not read, for a reason that may be its own. */
  refused: z.number().optional(),
  /** How often it had come back from its queue when it travelled on the last time. */
  returned: z.number().optional(),
  /** How often it was taken out of a queue that it came back from too often. */
  rescued: z.number().optional(),
});

/** A message with its body, wherever that lay. */
export type WholeMessage = WebhookMessage & { readonly body: string };

export type WebhookMessage = z.infer<typeof webhookMessage>;
export type FirstResult = z.infer<typeof firstResult>;
