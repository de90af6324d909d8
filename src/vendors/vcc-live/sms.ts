import * as z from "zod";
import { subjects } from "../../events/subject.ts";
import type { Kind } from "../kind.ts";
import { anything, text, texts } from "../values/fields.ts";
import { anyBody } from "./any-body.ts";
import { callable, customerOf } from "./customer.ts";
import { someId } from "./ids.ts";
import { distinct } from "./lists.ts";
import { readAs } from "./names.ts";
import { projectOf } from "./project.ts";
import { timesOf } from "./times.ts";
import { directionOf, isDirection } from "./words.ts";

/** The page is named in the vendor's navigation, its fields are not published: these are the names that its other kinds use. */
const schema = z.object({
  smsId: someId,
  messageId: someId,
  id: someId,
  projectId: someId,
  projectName: text,
  userId: someId,
  username: text,
  agentName: text,
  teamids: texts,
  numberid: someId,
  entityId: someId,
  contactId: someId,
  ticketId: someId,
  uuid: someId,
  direction: text,
  source: text,
  from: text,
  sender: text,
  destination: text,
  to: text,
  recipient: text,
  phone: text,
  message: text,
  text: text,
  body: text,
  content: text,
  status: text,
  timestamp: text,
  sentTime: text,
  receivedTime: text,
  lastModifiedTime: text,
  clientData: anything,
});

export const sms = {
  ...anyBody,
  schema,
  words: { direction: isDirection },
  window: { times: ["timestamp", "lastModifiedTime", "sentTime", "receivedTime"], ids: ["smsId", "messageId"] },
  draft: ({ body: object, source }) => {
    const body = readAs(schema, object);
    const times = timesOf(source);
    const messageId = body.smsId ?? body.messageId ?? body.id;
    const to = callable(source, body.destination ?? body.to ?? body.recipient ?? body.phone);
    const sentAt = times.read(body.sentTime);
    const receivedAt = times.read(body.receivedTime);
    const updatedAt = times.read(body.lastModifiedTime);
    const at = times.read(body.timestamp) ?? updatedAt ?? receivedAt ?? sentAt;
    return {
      type: "message.updated",
      subject: subjects.message(body.projectId, messageId),
      callId: body.uuid,
      time: at === undefined ? undefined : { at, from: "vendor" },
      data: {
        message: {
          id: messageId,
          channel: "sms",
          direction: directionOf(body.direction),
          text: body.message ?? body.text ?? body.body ?? body.content,
          from: callable(source, body.source ?? body.from ?? body.sender),
          to: distinct([to]),
          status: body.status,
          sentAt,
          receivedAt,
          updatedAt,
        },
        call: { id: body.uuid },
        agent: { id: body.userId, username: body.username, name: body.agentName, teamIds: distinct(body.teamids) },
        customer: customerOf(source, body.numberid ?? body.entityId ?? body.contactId, body.clientData),
        ticket: { id: body.ticketId },
        ...projectOf(source, body.projectId, body.projectName),
      },
      warnings: times.warnings(),
    };
  },
} as const satisfies Kind;
