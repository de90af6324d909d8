import * as z from "zod";
import { direction, outcome } from "../classes.ts";
import { id, instant, part, text } from "./scalar.ts";

export const message = part({
  id,
  externalId: id,
  channel: text,
  direction,
  contentType: text,
  text,
  subject: text,
  from: text,
  to: z.array(text),
  cc: z.array(text),
  bcc: z.array(text),
  status: text,
  sentAt: instant,
  receivedAt: instant,
  updatedAt: instant,
  inReplyTo: text,
});

export const conversation = part({
  id,
  channel: text,
  outcome,
  outcomeLabel: text,
  agents: z.array(text),
  queues: z.array(text),
  spam: z.boolean(),
  sla: text,
  transcript: z.array(part({ from: text, at: text, text })),
});

export type Message = z.infer<typeof message>;
export type Conversation = z.infer<typeof conversation>;
