import * as z from "zod";
import type { JsonObject } from "../../events/json.ts";
import { subjects } from "../../events/subject.ts";
import type { Kind } from "../kind.ts";
import { anything, flag, text } from "../values/fields.ts";
import { USUAL_WINDOW_MS } from "../windows.ts";
import { anyBody } from "./any-body.ts";
import { customerOf } from "./customer.ts";
import { someId } from "./ids.ts";
import { distinct } from "./lists.ts";
import { foldName, has, readAs } from "./names.ts";
import { projectOf } from "./project.ts";
import { timesOf } from "./times.ts";
import { line, transcriptOf } from "./transcript.ts";
import { chatOutcomeOf } from "./words.ts";

/** https://vcc.live/?p=46317. The visitor's address stays in the raw body. */
const schema = z.object({
  chatId: someId,
  projectId: someId,
  ticketId: someId,
  firstAgentName: text,
  lastAgentName: text,
  firstQueueName: text,
  lastQueueName: text,
  contactId: someId,
  entityId: someId,
  disposition: text,
  platform: text,
  ipAddress: text,
  isSpam: flag,
  slaStatus: text,
  conversation: anything,
  clientData: anything,
});

const tells = (body: JsonObject) => has(body, "chatId", "conversation");

export const chat = {
  ...anyBody,
  schema,
  tells,
  words: { disposition: (word) => chatOutcomeOf(word) !== undefined },
  within: { conversation: { schema: line, fold: foldName } },
  // A chat that is closed again may read as it did before: only its lines have times.
  window: USUAL_WINDOW_MS,
  draft: ({ body: object, source }) => {
    const body = readAs(schema, object);
    const times = timesOf(source);
    const transcript = transcriptOf(body.conversation, times);
    return {
      type: "conversation.ended",
      subject: subjects.conversation(body.projectId, body.chatId),
      data: {
        conversation: {
          id: body.chatId,
          channel: body.platform ?? "chat",
          outcome: chatOutcomeOf(body.disposition),
          outcomeLabel: body.disposition,
          agents: distinct([body.firstAgentName, body.lastAgentName]),
          queues: distinct([body.firstQueueName, body.lastQueueName]),
          spam: body.isSpam,
          sla: body.slaStatus,
          transcript,
        },
        agent: { name: body.lastAgentName },
        queue: { name: body.lastQueueName },
        customer: customerOf(source, body.entityId ?? body.contactId, body.clientData),
        ticket: { id: body.ticketId },
        ...projectOf(source, body.projectId),
      },
      warnings: times.warnings(),
    };
  },
} as const satisfies Kind;
