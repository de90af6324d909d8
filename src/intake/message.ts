import * as z from "zod";
import { login } from "../events/parts/login.ts";

/** How a first attempt ended, when the log could not take it down at once. */
export const attemptResult = z.object({
  state: z.enum(["delivered", "waiting", "dead"]),
  at: z.number(),
  ms: z.number(),
  status: z.number().optional(),
  reason: z.string().optional(),
});

/** One accepted webhook on its way through the queue. Its body is scrubbed JSON text, or lies in the spool. */
export const webhookMessage = z.object({
  v: z.literal(1),
  receipt: z.string().startsWith("rcpt_"),
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
  /** First attempts already made, by destination. */
  results: z.record(z.string(), attemptResult).optional(),
});

export type WebhookMessage = z.infer<typeof webhookMessage>;
export type AttemptResult = z.infer<typeof attemptResult>;
