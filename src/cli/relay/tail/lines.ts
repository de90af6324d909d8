import type { RefusedRequest } from "../../events/refused-request.ts";
import { paint } from "../../terminal.ts";
import type { Clock } from "../clock.ts";
import { eventCells, type ListedEvent } from "../event-line.ts";
import type { EventNews } from "./event-watch.ts";
import type { Forwarded } from "./forward.ts";

/** Something to print: when it was, the cells of its line, and the same for programs. */
export interface Told {
  readonly at: string;
  readonly cells: readonly string[];
  readonly json: object;
  /** The id of an event that is new. */
  readonly news?: string | undefined;
}

/** An event. @param isNews it came since somebody looks */
export function tellEvent(event: ListedEvent, clock: Clock, isNews = true): Told {
  const cells = eventCells(event, clock.show(event.receivedTime));
  return { at: event.receivedTime, cells, json: { what: "new", ...event }, news: isNews ? event.id : undefined };
}

/** What a look found. @param now RFC 3339; that is when something changed, as far as anybody knows */
export function tellNews({ what, event }: EventNews, clock: Clock, now: string): Told {
  if (what === "new") return tellEvent(event, clock);
  const cells = eventCells(event, clock.show(now));
  return { at: now, cells: what === "changed" ? cells : repeatedCells(cells, event), json: { what, ...event } };
}

/** A refused request. */
export function tellRefused(refused: RefusedRequest, clock: Clock): Told {
  const { at, source, reason, request, kind = "", sentence } = refused;
  const about = [kind, sentence].filter(Boolean).join("  ");
  const marks = [paint("dim", clock.show(at)), paint("red", "refused"), source, paint("red", `✗ ${reason}`)];
  return { at, cells: [...marks, request, about], json: { what: "refused", ...refused } };
}

/** What came of sending an event on. */
export function tellForwarded(id: string, { status, failed, ms }: Forwarded, json = false): string {
  if (json) return JSON.stringify({ what: "forwarded", id, status, failed, ms });
  const isTaken = status !== undefined && status >= 200 && status < 300;
  return `  ${paint(isTaken ? "green" : "red", `→ ${status ?? failed}`)} ${paint("dim", `${id}, forwarded in ${ms} ms`)}`;
}

/** The line of a webhook that repeated an event: nothing is delivered again. */
function repeatedCells(
  [time = "", type = "", source = "", , id = ""]: readonly string[],
  event: ListedEvent,
): string[] {
  return [time, type, source, paint("dim", "= repeated"), id, paint("dim", `${event.repeated}x, delivered once`)];
}
