import type * as z from "zod";
import { direction, endedBy, outcome } from "../classes.ts";
import { instant, openId, part, phone, seconds, url, word } from "./scalar.ts";

export const durations = part({
  total: seconds.describe("Of the whole call."),
  queue: seconds.describe("In a queue."),
  ivr: seconds.describe("In the menu."),
  dialing: seconds.describe("Ringing out, until somebody or something answered."),
  waiting: seconds.describe("The dialer waited for an agent."),
  preview: seconds.describe("The agent looked at the record before dialing."),
  talk: seconds.describe("Agent and customer spoke."),
  hold: seconds.describe("The customer was on hold."),
  wrap: seconds.describe("The agent finished up after the call."),
  idle: seconds.describe("The agent waited for this call."),
  billable: seconds.describe("What the vendor charges for."),
}).meta({
  title: "Durations",
  description:
    "Seconds. Zeros are absent before call.completed, because until then zero means not known yet; they need not add up.",
});

export const call = part({
  id: openId.describe("The vendor's id of the call, as in callid."),
  direction,
  directionLabel: word.describe("The vendor's own word for the direction."),
  from: phone.describe("The number that called; E.164 when it is valid so, else as sent."),
  to: phone.describe("The number that was called; E.164 when it is valid so, else as sent."),
  startedAt: instant.describe("When it began."),
  answeredAt: instant.describe("When it was answered, by whatever answered."),
  agentAt: instant.describe("When an agent was connected."),
  endedAt: instant.describe("When it ended."),
  durations,
  outcome,
  outcomeLabel: word.describe("The vendor's own word for the outcome."),
  resultId: openId.describe("The vendor's, or the tenant's, id of the result."),
  resultLabel: word.describe("What that id means, by the labels of the source or the vendor's own word."),
  endReason: word.describe("Why it ended, in the vendor's own word."),
  endedBy,
  url: url.describe("Where the vendor shows the call."),
}).meta({ title: "Call", description: "A call, as far as it is known at this moment." });

export type Call = z.infer<typeof call>;
export type Durations = z.infer<typeof durations>;
