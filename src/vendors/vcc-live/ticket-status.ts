import * as z from "zod";
import type { JsonObject } from "../../events/json.ts";
import { subjects } from "../../events/subject.ts";
import type { Kind } from "../kind.ts";
import { record, text } from "../values/fields.ts";
import { anyBody } from "./any-body.ts";
import { customerOf } from "./customer.ts";
import { has, readAs } from "./names.ts";
import { projectOf } from "./project.ts";
import { expectedTicket, ticket, ticketOf } from "./ticket.ts";
import { timesOf } from "./times.ts";
import { isOneOf, ticketTypeOf } from "./words.ts";

/**
 * No field tells a time. The first repeat comes after a minute, the second after two more; and a ticket that waits for the
 * agent, then for the customer, waits for the agent again soon.
 */
const WINDOW_MS = 3 * 60_000;

const schema = z.object({ action: text, ticket: record });

const tells = (body: JsonObject) => has(body, "action", "ticket");

export const ticketStatus = {
  ...anyBody,
  schema,
  tells,
  words: { action: isOneOf("add", "update", "delete") },
  within: { ticket: expectedTicket },
  window: WINDOW_MS,
  draft: ({ body: object, source }) => {
    const body = readAs(schema, object);
    const { projectId, projectName, ticketId, entityId, contactId } = readAs(ticket, body.ticket);
    const times = timesOf(source);
    return {
      type: ticketTypeOf(body.action),
      subject: subjects.ticket(projectId, ticketId),
      data: {
        ticket: ticketOf(body.ticket, times),
        customer: customerOf(source, entityId ?? contactId),
        ...projectOf(source, projectId, projectName),
      },
      warnings: times.warnings(),
    };
  },
} as const satisfies Kind;
