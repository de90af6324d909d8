import type { CallEvent, ToldCall } from "./told.ts";

/** Where something stands in the picture: its lane, and how far along, 0 to 1. */
export interface Dot {
  readonly lane: number;
  readonly along: number;
}

/** One event in the picture: from the vendor over the relay to each destination that was tried. */
export interface Course {
  /** From 1, as in the table. */
  readonly number: number;
  readonly type: string;
  readonly isLate: boolean;
  readonly vendor: Dot;
  readonly relay: Dot;
  readonly destinations: readonly (Dot & { readonly state: string })[];
}

/** The picture of a call. */
export interface Picture {
  readonly lanes: readonly string[];
  readonly courses: readonly Course[];
  /** Where an event is missing: before the event with that number. */
  readonly gaps: readonly { readonly along: number; readonly missing: string }[];
  /** Both ends, milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Lays a call out on a line of time; undefined where nothing has a time. Pure. */
export function layOut({ items, gaps }: Pick<ToldCall, "items" | "gaps">): Picture | undefined {
  const names = [...new Set(items.flatMap(({ deliveries }) => deliveries.map(({ destination }) => destination)))];
  const lanes = ["vendor", "relay", ...names.toSorted()];
  const times = items.flatMap(timesOf).filter((at) => !Number.isNaN(at));
  const [from, to] = [Math.min(...times), Math.max(...times)];
  if (times.length === 0) return undefined;
  // What happened all at once stands in the middle.
  const along = (at: string) => (to === from ? 0.5 : (Date.parse(at) - from) / (to - from));
  const courses = items.map((item, position): Course => {
    return {
      number: position + 1,
      type: item.type,
      isLate: item.late,
      vendor: { lane: 0, along: along(item.time) },
      relay: { lane: 1, along: along(item.receivedTime) },
      destinations: item.deliveries.flatMap(({ destination, state, at }) => {
        return at === null ? [] : [{ lane: lanes.indexOf(destination), along: along(at), state }];
      }),
    };
  });
  const missing = gaps.flatMap(({ missing, before }) => {
    const next = items.find(({ id }) => id === before);
    return next === undefined ? [] : [{ along: along(next.time), missing }];
  });
  return { lanes, courses, gaps: missing, from, to };
}

function timesOf({ time, receivedTime, deliveries }: CallEvent): number[] {
  return [time, receivedTime, ...deliveries.flatMap(({ at }) => at ?? [])].map((at) => Date.parse(at));
}
