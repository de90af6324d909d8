import * as z from "zod";
import type { JsonObject } from "../../events/json.ts";
import type { Ticket } from "../../events/parts/ticket.ts";
import type { Instant } from "../../platform/time/instant.ts";
import type { Expected } from "../expected.ts";
import { text } from "../values/fields.ts";
import { anyBody } from "./any-body.ts";
import { someId } from "./ids.ts";
import { distinct } from "./lists.ts";
import { readAs, spell } from "./names.ts";
import { isNoTime, type Times } from "./times.ts";
import { isOneOf } from "./words.ts";

/** The ticket object of https://vcc.live/developers/webhook/async-webhook-requests/ticket-status-webhook. */
export const ticket = z.object({
  ticketId: someId,
  ticketNo: text,
  entityId: someId,
  contactId: someId,
  title: text,
  type: text,
  description: text,
  firstOpenTime: text,
  lastOpenTime: text,
  softDeadline: text,
  status: text,
  substatus: text,
  createdUserId: someId,
  createdUserName: text,
  projectId: someId,
  projectName: text,
});

/** What is expected of a ticket. */
export const expectedTicket: Expected = {
  ...anyBody,
  schema: ticket,
  words: {
    // The page lists no word for an open ticket.
    status: isOneOf("park", "closed"),
    substatus: isOneOf("waiting4agent", "waiting4entity", "successful", "unsuccessful"),
  },
};

/** What may change of a ticket. Its id, number and project come with every update and tell nothing. */
const changeable = {
  entityId: "customer",
  contactId: "customer",
  title: "title",
  type: "type",
  description: "description",
  firstOpenTime: "openedAt",
  lastOpenTime: "reopenedAt",
  softDeadline: "dueAt",
  status: "status",
  substatus: "substatus",
  createdUserId: "createdBy",
  createdUserName: "createdBy",
} as const;

/** A ticket as told: a field that was sent empty is null, one that was not sent is absent. */
export function ticketOf(object: JsonObject | undefined, times: Times): Ticket {
  const sent = spell(object ?? {}, ticket.shape);
  const read = readAs(ticket, object);
  const told = (name: keyof typeof changeable) => read[name] ?? (Object.hasOwn(sent, name) ? null : undefined);
  const toldTime = (name: "firstOpenTime" | "lastOpenTime" | "softDeadline"): Instant | null | undefined => {
    const time = told(name);
    return time === undefined ? undefined : time === null || isNoTime(time) ? null : times.read(time);
  };
  return {
    id: read.ticketId,
    number: read.ticketNo,
    title: told("title"),
    type: told("type"),
    description: told("description"),
    status: told("status"),
    substatus: told("substatus"),
    openedAt: toldTime("firstOpenTime"),
    reopenedAt: toldTime("lastOpenTime"),
    dueAt: toldTime("softDeadline"),
    createdBy: { id: read.createdUserId, name: read.createdUserName },
    changed: distinct(
      Object.entries(changeable).map(([name, part]) => (Object.hasOwn(sent, name) ? part : undefined)),
    )?.sort(),
  };
}
