import type { HookEvent } from "../../events/envelope.ts";
import { isObject } from "../../events/json.ts";
import type { EventType } from "../../events/types.ts";
import type { CallCourse, CallStep } from "../../vendors/vendor.ts";

/** The events of a call in the order of what they tell, whatever the vendor; others stand in the middle. */
const ORDER: readonly string[] = [
  "call.started",
  "interaction.assigned",
  "agent.ring_no_answer",
  "call.answered",
  "",
  "call.hungup",
  "interaction.ended",
  "call.completed",
  "call.dispositioned",
  "call.recording.available",
  "call.analysis.available",
];
const MIDDLE = ORDER.indexOf("");
/** What a vendor does of whom nothing is known. */
const USUAL: CallCourse = { record: "call.completed", steps: [] };

/** An event that has to come before another one of its call, and is not there. */
export interface Gap {
  readonly missing: EventType;
  /** Id of the event that it has to come before. */
  readonly before: string;
  readonly sentence: string;
}

/** What the events of a call come to. */
export interface ToldCall {
  readonly events: readonly HookEvent[];
  /** Ids of events that came after one that tells of something later. */
  readonly late: ReadonlySet<string>;
  readonly gaps: readonly Gap[];
  /** Whether its figures will not change any more. */
  readonly final: boolean;
  /** Its part as all of them tell it together, the record last. */
  readonly call: Readonly<Record<string, unknown>>;
}

/** Puts the events of a call in order, and tells what is missing, late and final. Pure. */
export function tellCall(found: readonly HookEvent[], course: CallCourse = USUAL): ToldCall {
  const events = found.toSorted(inOrder);
  const replaced = new Set(events.flatMap(({ corrects }) => corrects ?? []));
  const counting = events.filter(({ id }) => !replaced.has(id));
  const isRecord = ({ type }: HookEvent) => type === course.record;
  const call = [...counting.filter((event) => !isRecord(event)), ...counting.filter(isRecord)].reduce(
    (told, { data }) => merge(told, isObject(data.call) ? data.call : {}),
    {},
  );
  return {
    events,
    late: new Set(counting.filter((event) => isLate(event, counting, course)).map(({ id }) => id)),
    gaps: gapsIn(counting, course, wasAnswered(call)),
    final: counting.some(isRecord),
    call,
  };
}

function inOrder(one: HookEvent, other: HookEvent): number {
  const [first, second] = [rankOf(one), rankOf(other)];
  if (first !== second) return first - second;
  const apart = Date.parse(one.time) - Date.parse(other.time);
  return apart || (one.sequence < other.sequence ? -1 : 1);
}

function rankOf({ type }: HookEvent): number {
  const rank = ORDER.indexOf(type);
  return rank < 0 ? MIDDLE : rank;
}

/** It came after an event that needs it, or that tells of a later time. A correction comes when somebody asks for it. */
function isLate(event: HookEvent, all: readonly HookEvent[], { steps }: CallCourse): boolean {
  return (
    event.corrects === undefined &&
    all.some(
      (other) =>
        other.corrects === undefined &&
        other.sequence < event.sequence &&
        (steps.some(({ type, needs }) => type === other.type && needs === event.type) || happenedBefore(event, other)),
    )
  );
}

function happenedBefore(event: HookEvent, other: HookEvent): boolean {
  const isKnown = event.timesource !== "received" && other.timesource !== "received";
  return isKnown && Date.parse(event.time) < Date.parse(other.time);
}

function gapsIn(events: readonly HookEvent[], { steps }: CallCourse, answered: boolean): Gap[] {
  const gaps = new Map<EventType, Gap>();
  for (const { type, needs, ifAnswered, unless = [] } of steps) {
    const needing = events.find((event) => event.type === type && !unless.includes(event.vendorevent));
    const isThere = events.some((event) => event.type === needs);
    if (needing === undefined || isThere || gaps.has(needs) || (ifAnswered === true && !answered)) continue;
    gaps.set(needs, { missing: needs, before: needing.id, sentence: sentenceOf({ type, needs }) });
  }
  return [...gaps.values()];
}

function sentenceOf({ type, needs }: Pick<CallStep, "type" | "needs">): string {
  return `${type} is there without ${needs}, which the vendor sends before it: it was refused, got lost, or is still to come.`;
}

function wasAnswered({ outcome, answeredAt }: Readonly<Record<string, unknown>>): boolean {
  return outcome === "answered" || (outcome === undefined && answeredAt !== undefined);
}

/** The second tells what the first does, and more or better; objects member by member. */
function merge(
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const members = Object.entries(other).map(([name, value]) => {
    const before = one[name];
    return [name, isObject(before) && isObject(value) ? merge(before, value) : value];
  });
  return { ...one, ...Object.fromEntries(members) };
}
