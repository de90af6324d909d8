import * as z from "zod";
import { shown } from "../../platform/shown.ts";
import { direction, outcome } from "../classes.ts";
import { instant, openId, part, personId, personText, word } from "./scalar.ts";

/** A phone number or an address, as the channel has it. */
const correspondent = z.string().register(shown, { as: "phone" });

export const message = part({
  id: openId,
  externalId: personId,
  channel: word,
  direction,
  contentType: word,
  text: personText,
  subject: personText,
  from: correspondent,
  to: z.array(correspondent),
  cc: z.array(correspondent),
  bcc: z.array(correspondent),
  status: word,
  sentAt: instant,
  receivedAt: instant,
  updatedAt: instant,
  inReplyTo: personText,
});

export const conversation = part({
  id: openId,
  channel: word,
  outcome,
  outcomeLabel: word,
  agents: z.array(personText),
  queues: z.array(word),
  spam: z.boolean(),
  sla: word,
  transcript: z.array(part({ from: personText, at: personText, text: personText })),
});

export type Message = z.infer<typeof message>;
export type Conversation = z.infer<typeof conversation>;
