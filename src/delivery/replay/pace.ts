import type { FoundForReplay } from "../../log/replays/parts.ts";

/** A page begins what goes out in so many seconds: what is cancelled stops within that time. */
const PAGE_SECONDS = 10;
const MIN_PAGE_DELIVERIES = 10;
/** A delivery that begins has some 23 rows examined, a request 20,000 in all. */
const MAX_PAGE_DELIVERIES = 500;
/** Events that one page reads anew: each is inflated, parsed, normalized and written by a statement of its own. */
const MAX_PAGE_READ_ANEW = 10;
/** The next page comes so much earlier than it has to; milliseconds. */
const LEAD_MS = 3000;

/** How fast a replay goes, and whether its events are read anew. */
export interface Pace {
  readonly perSecond: number;
  readonly renormalize: boolean;
}

/**
 * What was found, newest first, in parts, newest first, each of which is one page when it begins. The newest part is the
 * smallest. An event is never parted.
 */
export function intoParts(found: readonly FoundForReplay[], { perSecond, renormalize }: Pace): FoundForReplay[][] {
  const most = Math.min(Math.max(Math.ceil(perSecond * PAGE_SECONDS), MIN_PAGE_DELIVERIES), MAX_PAGE_DELIVERIES);
  const parts: FoundForReplay[][] = [];
  let room = 0;
  for (const one of found.toReversed()) {
    const isFull = renormalize && parts.at(-1)?.length === MAX_PAGE_READ_ANEW;
    if (parts.length === 0 || isFull || room < one.to.length) {
      parts.push([]);
      room = most;
    }
    parts.at(-1)?.push(one);
    room -= one.to.length;
  }
  return parts.toReversed().map((part) => part.toReversed());
}

/** When a page's deliveries go out, and when the next page is due. Milliseconds since the epoch. */
export interface Schedule {
  readonly start: number;
  /** Until when they go out. */
  readonly paced: number;
  readonly due: number;
}

/** The schedule of a page: behind what went before, however late or early the page comes. */
export function schedule(deliveries: number, perSecond: number, before: number, now: number): Schedule {
  const start = Math.max(now, before);
  const paced = start + Math.ceil((deliveries * 1000) / perSecond);
  return { start, paced, due: Math.max(now, paced - LEAD_MS) };
}
