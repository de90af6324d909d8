import * as z from "zod";
import type { KindDraft } from "../../events/draft.ts";
import { subjects } from "../../events/subject.ts";
import { anything, id, readFields, text } from "../values/fields.ts";
import { readChannel, readContact } from "./contact.ts";
import type { EnvelopeContent } from "./envelope.ts";
import { frame } from "./frame.ts";
import { readAgent } from "./people.ts";
import { outcomeOf } from "./words.ts";
import { readWrapUp } from "./wrap-up.ts";

/** No page shows this body; these are the members of a message that a conversation would share. */
export const conversationSchema = z.object({
  id: id("0", "-1"),
  conversation_id: id("0", "-1"),
  conversation: anything,
  status: text,
  disposition: text,
  wrap_up_code: anything,
  agent: anything,
  contact: anything,
  channel: anything,
});

export function normalizeConversation(content: EnvelopeContent): KindDraft {
  const fields = readFields(conversationSchema, content.members);
  const conversationId = fields.conversation_id ?? fields.id;
  return {
    ...frame(content),
    type: "conversation.ended",
    subject: subjects.conversation(conversationId),
    data: {
      agent: readAgent(fields.agent),
      customer: readContact(fields.contact),
      tenant: content.tenant,
      conversation: {
        id: conversationId,
        channel: readChannel(fields.channel),
        outcome: outcomeOf(fields.disposition),
        outcomeLabel: fields.disposition,
      },
      disposition: readWrapUp(fields.wrap_up_code, content.source),
    },
  };
}
