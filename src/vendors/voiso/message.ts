import * as z from "zod";
import type { KindDraft } from "../../events/draft.ts";
import type { Json } from "../../events/json.ts";
import type { Message } from "../../events/parts/message.ts";
import { subjects } from "../../events/subject.ts";
import { readRecord, readText } from "../../events/values/read.ts";
import { anything, id, readFields, text } from "../values/fields.ts";
import { readChannel, readContact } from "./contact.ts";
import type { EnvelopeContent } from "./envelope.ts";
import { frame } from "./frame.ts";
import { readAgent } from "./people.ts";

export const messageSchema = z.object({
  id: id("0", "-1"),
  reference_id: id("0", "-1"),
  content_type: text,
  content_data: anything,
  status: text,
  conversation_id: id("0", "-1"),
  conversation: anything,
  agent: anything,
  contact: anything,
  channel: anything,
});

const contentSchema = z.object({ text });
const conversationSchema = z.object({ id: id("0", "-1") });

/** `message.received`: the contact wrote; `message.sent`: the agent did. */
export function normalizeMessage(type: "message.received" | "message.sent", content: EnvelopeContent): KindDraft {
  const fields = readFields(messageSchema, content.members);
  const customer = readContact(fields.contact);
  const common = frame(content);
  const message: Message = {
    id: fields.id,
    externalId: fields.reference_id,
    channel: readChannel(fields.channel),
    contentType: fields.content_type,
    text: readContentText(fields.content_data),
    status: fields.status,
  };
  const at = common.time?.at;
  const handle = customer.handle;
  const way: Message =
    type === "message.received"
      ? { direction: "inbound", from: handle, receivedAt: at }
      : { direction: "outbound", to: handle === undefined ? undefined : [handle], sentAt: at };
  return {
    ...common,
    type,
    subject: subjects.message(fields.id),
    data: {
      agent: readAgent(fields.agent),
      customer,
      tenant: content.tenant,
      message: { ...message, ...way },
      conversation: { id: fields.conversation_id ?? readConversationId(fields.conversation) },
    },
  };
}

function readContentText(value: Json | undefined): string | undefined {
  return readText(value) ?? readFields(contentSchema, readRecord(value) ?? {}).text;
}

function readConversationId(value: Json | undefined): string | undefined {
  return readFields(conversationSchema, readRecord(value) ?? {}).id;
}
