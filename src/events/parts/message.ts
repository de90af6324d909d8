import * as z from "zod";
import { shown } from "../../platform/shown.ts";
import { direction, outcome } from "../classes.ts";
import { instant, openId, part, personId, personText, word } from "./scalar.ts";

/** A phone number or an address, as the channel has it. */
const correspondent = z.string().register(shown, { as: "phone" });

export const message = part({
  id: openId.describe("The vendor's id of the message."),
  externalId: personId.describe("The id that the channel gave it, such as a Message-ID."),
  channel: word.describe("The vendor's word for the channel: email, sms, whatsapp."),
  direction,
  contentType: word.describe("What it holds, in the vendor's word."),
  text: personText.describe("What it says."),
  subject: personText.describe("Of an e-mail."),
  from: correspondent.describe("Who wrote it: a number or an address, as the channel has it."),
  to: z.array(correspondent).describe("Whom it was written to."),
  cc: z.array(correspondent).describe("Who got a copy."),
  bcc: z.array(correspondent).describe("Who got a copy unseen."),
  status: word.describe("What became of it, in the vendor's word."),
  sentAt: instant.describe("When it was sent."),
  receivedAt: instant.describe("When it was received."),
  updatedAt: instant.describe("When its status changed."),
  inReplyTo: personText.describe("The message that it answers, by the channel's id."),
}).meta({ title: "Message", description: "An e-mail, SMS or chat message." });

const transcriptLine = part({
  from: personText.describe("Who said it."),
  at: personText.describe("When, as the vendor writes it."),
  text: personText.describe("What was said."),
}).meta({ title: "TranscriptLine", description: "One utterance." });

export const conversation = part({
  id: openId.describe("The vendor's id of the conversation."),
  channel: word.describe("The vendor's word for the channel."),
  outcome,
  outcomeLabel: word.describe("The vendor's own word for the outcome."),
  agents: z.array(personText).describe("Names of the agents who took part."),
  queues: z.array(word).describe("The queues that it went through."),
  spam: z.boolean().describe("Whether it was marked as spam."),
  sla: word.describe("Whether it was answered in time, in the vendor's word."),
  transcript: z.array(transcriptLine).describe("What was said, in order."),
}).meta({ title: "Conversation", description: "A chat, or another exchange of messages." });

export type Message = z.infer<typeof message>;
export type Conversation = z.infer<typeof conversation>;
