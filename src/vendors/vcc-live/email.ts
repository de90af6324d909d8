import * as z from "zod";
import type { JsonObject } from "../../events/json.ts";
import type { Customer } from "../../events/parts/people.ts";
import { subjects } from "../../events/subject.ts";
import type { Kind } from "../kind.ts";
import { anything, text } from "../values/fields.ts";
import { readAddresses } from "./addresses.ts";
import { anyBody } from "./any-body.ts";
import { someId } from "./ids.ts";
import { has, readAs } from "./names.ts";
import { projectOf } from "./project.ts";
import { timesOf } from "./times.ts";
import { directionOf, isDirection } from "./words.ts";

/** https://vcc.live/developers/webhook/async-webhook-requests/email, `messsageId` with three s as printed there. */
const schema = z.object({
  emailId: someId,
  projectId: someId,
  entityId: someId,
  contactId: someId,
  ticketId: someId,
  replyEmailId: someId,
  userId: someId,
  direction: text,
  from: text,
  fromName: text,
  fromAddress: text,
  to: anything,
  cc: anything,
  bcc: anything,
  lastModifiedTime: text,
  status: text,
  forwardEmailId: someId,
  subject: text,
  replyTo: text,
  messsageId: text,
  messageId: text,
  inReplyTo: text,
  sentTime: text,
  receivedTime: text,
  body: text,
});
type Body = z.output<typeof schema>;

const tells = (body: JsonObject) => has(body, "emailId");
const types = { inbound: "message.received", outbound: "message.sent" } as const;

export const email = {
  ...anyBody,
  schema,
  tells,
  words: { direction: isDirection },
  window: { times: ["lastModifiedTime", "sentTime", "receivedTime"], ids: ["emailId"] },
  draft: ({ body: object, source }) => {
    const body = readAs(schema, object);
    const times = timesOf(source);
    const direction = directionOf(body.direction);
    const to = readAddresses(body.to);
    const sentAt = times.read(body.sentTime);
    const receivedAt = times.read(body.receivedTime);
    const updatedAt = times.read(body.lastModifiedTime);
    const at = (direction === "inbound" ? receivedAt : sentAt) ?? updatedAt ?? receivedAt;
    return {
      type: direction === undefined ? "message.updated" : types[direction],
      subject: subjects.message(body.projectId, body.emailId),
      time: at === undefined ? undefined : { at, from: "vendor" },
      data: {
        message: {
          id: body.emailId,
          externalId: body.messsageId ?? body.messageId,
          channel: "email",
          direction,
          text: body.body,
          subject: body.subject,
          from: body.fromAddress ?? body.from,
          to,
          cc: readAddresses(body.cc),
          bcc: readAddresses(body.bcc),
          status: body.status,
          sentAt,
          receivedAt,
          updatedAt,
          inReplyTo: body.inReplyTo ?? body.replyEmailId,
        },
        agent: { id: body.userId },
        customer: { id: body.entityId ?? body.contactId, ...correspondent(body, to) },
        ticket: { id: body.ticketId },
        ...projectOf(source, body.projectId),
      },
      warnings: times.warnings(),
    };
  },
} as const satisfies Kind;

/** The customer's side of an e-mail: its sender, or its only recipient. */
function correspondent(body: Body, to: readonly string[] | undefined): Customer {
  const direction = directionOf(body.direction);
  if (direction === "inbound") return { name: body.fromName, email: body.fromAddress };
  return direction === "outbound" && to?.length === 1 ? { email: to[0] } : {};
}
