import type * as z from "zod";
import { direction, endedBy, outcome } from "../classes.ts";
import { instant, openId, part, phone, seconds, url, word } from "./scalar.ts";

export const durations = part({
  total: seconds,
  queue: seconds,
  ivr: seconds,
  dialing: seconds,
  waiting: seconds,
  preview: seconds,
  talk: seconds,
  hold: seconds,
  wrap: seconds,
  idle: seconds,
  billable: seconds,
}).describe("Seconds. Zeros are absent before call.completed, because until then zero means not known yet.");

export const call = part({
  id: openId,
  direction,
  directionLabel: word,
  from: phone,
  to: phone,
  startedAt: instant,
  answeredAt: instant,
  agentAt: instant,
  endedAt: instant,
  durations,
  outcome,
  outcomeLabel: word,
  resultId: openId,
  resultLabel: word,
  endReason: word,
  endedBy,
  url,
});

export type Call = z.infer<typeof call>;
export type Durations = z.infer<typeof durations>;
