import type { EventState } from "../deliveries/state.ts";
/** What is searched for; every part narrows. Receipts bound the time of acceptance. */
export interface Search {
  readonly source?: string | undefined;
  /** A type, or a group such as `call.*`. */
  readonly type?: string | undefined;
  readonly state?: EventState | undefined;
  readonly subject?: string | undefined;
  /** Any of these subjects, its own or another under which it is found. */
  readonly about?: readonly string[] | undefined;
  /** Receipts that count as being about one of them. */
  readonly also?: readonly string[] | undefined;
  readonly destination?: string | undefined;
  /** The first receipt of the span. */
  readonly from: string;
  /** The first receipt behind the span. */
  readonly before: string;
}

/** The latest of several runs to one destination tells how it stands. */
const LATEST = `NOT EXISTS (SELECT 1 FROM delivery AS later WHERE later.receipt = delivery.receipt
  AND later.destination = delivery.destination AND later.run > delivery.run)`;
const anyRun = (condition: string) =>
  `EXISTS (SELECT 1 FROM delivery WHERE delivery.receipt = event.receipt AND ${condition})`;

const stateConditions: Readonly<Record<EventState, string>> = {
  waiting: anyRun("state = 'waiting'"),
  dead: anyRun(`state = 'dead' AND ${LATEST}`),
  expired: anyRun(`state = 'expired' AND ${LATEST}`),
  delivered: `(due > 0 OR ${anyRun("true")}) AND NOT ${anyRun(`state <> 'delivered' AND ${LATEST}`)}`,
  unrouted: `due = 0 AND NOT ${anyRun("true")}`,
};

/** The receipts asked for, as a condition that a key can answer. */
export const RANGE = "receipt >= ?1 ->> 'from' AND receipt < ?1 ->> 'before'";

const ABOUT = "(SELECT value FROM json_each(?1 -> 'about'))";
const IS_ABOUT = `(event.subject IN ${ABOUT} OR EXISTS (
  SELECT 1 FROM mention WHERE mention.receipt = event.receipt AND mention.subject IN ${ABOUT})
  OR event.receipt IN (SELECT value FROM json_each(?1 -> 'also')))`;

/** The conditions of a search as SQL over `event`; `?1` is the search as JSON. */
export function conditionsOf({ source, type, state, subject, about, destination }: Search): string {
  return [
    "true",
    ...(source === undefined ? [] : ["event.source = ?1 ->> 'source'"]),
    ...(type === undefined ? [] : ["event.type GLOB ?1 ->> 'type'"]),
    ...(subject === undefined ? [] : ["event.subject = ?1 ->> 'subject'"]),
    ...(about === undefined ? [] : [IS_ABOUT]),
    ...(destination === undefined
      ? []
      : [
          `(EXISTS (SELECT 1 FROM json_each(iif(json_valid(results), results, '{}')) WHERE key = ?1 ->> 'destination')
            OR ${anyRun("destination = ?1 ->> 'destination'")})`,
        ]),
    ...(state === undefined ? [] : [stateConditions[state]]),
  ].join(" AND ");
}
