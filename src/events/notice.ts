import * as z from "zod";
import type { Draft } from "./draft.ts";
import type { Identity } from "./identity.ts";
import { RELAY_SOURCE } from "./own-source.ts";
import { incident } from "./parts/incident.ts";
import { subjects } from "./subject.ts";
import { relayTypes } from "./types.ts";

/** What the relay tells of itself: the body of a message whose source is the relay. */
export const notice = z.object({ type: z.enum(relayTypes), incident: incident.required({ id: true, state: true }) });
export type Notice = z.infer<typeof notice>;

/**
 * The event of a notice. An incident opens once and closes once: whoever tells it again tells the same event.
 * @param windowMs how long that is kept in mind
 * @throws SyntaxError when a body is no notice
 */
export function readNotice(
  body: unknown,
  receivedAt: number,
  windowMs: number,
): { readonly draft: Draft; readonly identity: Identity } {
  const read = notice.safeParse(body).data;
  if (read === undefined) throw new SyntaxError("the body is no notice of the relay");
  const { type, incident } = read;
  const subject = subjects.incident(incident.id);
  const words = ["incident", incident.id, incident.state];
  const draft: Draft = { type, vendorEvent: type, subject, data: { incident }, warnings: [], kind: type, windowMs };
  return { draft, identity: { source: RELAY_SOURCE, subject, words, windowMs, receivedAt } };
}
