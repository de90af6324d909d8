import { DAY_MS } from "../platform/time/instant.ts";

const MINUTE_MS = 60_000;

/**
 * Bodies that name their own moment or message are the same event however late they come again. No event is recognised
 * any longer, so nothing that recognises it need be kept longer.
 */
export const DATED_WINDOW_MS = 28 * DAY_MS;
/** Words of any other body may come true again, so it is the same event only as long as vendors are quick to repeat. */
export const USUAL_WINDOW_MS = 10 * MINUTE_MS;

/**
 * How long the same body is the same event, as a kind declares it: milliseconds; or `lastsMs` (28 days) where one of
 * these members is there, and the usual time where none is.
 */
export type Window = number | Told;

/** Members of the kind's schema that tell one event from a later one that reads alike. */
interface Told {
  /** Such as hold a time. */
  readonly times?: readonly string[];
  /** Such as hold the id of this one message: never of a person, a call or a ticket, which several events are about. */
  readonly ids?: readonly string[];
  readonly lastsMs?: number;
}

/** What a body has, by the names of its kind's schema. */
export interface Members {
  readonly hasTime: (name: string) => boolean;
  readonly hasId?: (name: string) => boolean;
}

/** How long a body of a kind is the same event; milliseconds. */
export function windowOf(window: Window, { hasTime, hasId = () => false }: Members): number {
  if (typeof window === "number") return window;
  const { times = [], ids = [], lastsMs = DATED_WINDOW_MS } = window;
  return times.some(hasTime) || ids.some(hasId) ? lastsMs : USUAL_WINDOW_MS;
}
