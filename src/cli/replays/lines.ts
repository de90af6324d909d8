import { clockIn } from "../relay/clock.ts";
import { clockOf } from "../sink/line.ts";
import { columns, paint } from "../terminal.ts";
import type { ListedReplay, ReplayView } from "./view.ts";

/** Why a delivery was skipped, as it follows a number; a reason of a later version stands for itself. */
const SKIPPED_FOR: Readonly<Record<string, string>> = {
  event_removed: "whose event is no longer kept",
  destination_removed: "whose destination is no longer configured",
  now_waiting: "that wait again by now",
  now_delivered: "that were delivered meanwhile",
  now_dead: "that are dead by now",
  now_expired: "that have expired by now",
  read_otherwise: "whose webhook reads otherwise by now",
  changed: "that changed meanwhile",
};

/** What came of a replay, or would come: `began 2 deliveries of 2 events: crm 2`, then what waits and what was skipped. */
export function outcomeLines(replay: ReplayView): string[] {
  const { state, events, deliveries, destinations, progress } = replay;
  const where = Object.entries(destinations).map(([destination, number]) => `${destination} ${number}`);
  const list = where.length === 0 || progress.skipped > 0 ? "" : `: ${where.join(", ")}`;
  const number = state === "counted" ? deliveries : progress.begun;
  const of = progress.skipped > 0 ? `${deliveries} deliveries` : "deliveries";
  const began = state === "counted" ? "would begin" : "began";
  return [
    ...(state === "counted" ? timeLines(replay) : []),
    `${began} ${number} ${progress.skipped > 0 ? "of " : ""}${of} of ${events} events${list}`,
    ...waitLines(replay.waits.filter((one) => one.for !== "turn")).map((line) => `  ${line}`),
    ...skipLines(replay).map((line) => `  ${line}`),
    ...differenceLines(replay),
  ];
}

/** How a replay goes, in one line. */
export function progressLine({ state, events, deliveries, progress }: ReplayView): string {
  if (state === "counting") return `counting: ${deliveries} deliveries of ${events} events so far`;
  const { begun, found, skipped } = progress;
  return [`begun ${begun} of ${found}`, ...standLines(progress), ...(skipped === 0 ? [] : [`${skipped} skipped`])].join(
    ", ",
  );
}

/** One replay, all that is to be told of it. */
export function replayLines(replay: ReplayView): string[] {
  const { id, who, reason, at, dryRun, perSecond, progress } = replay;
  const when = clockIn(undefined, Date.now()).show(at);
  const stands = standLines(progress);
  return [
    `${id}  ${paintState(replay)}`,
    ...columns([
      ["asked for", `${when}, by ${who}${reason === null ? "" : `: ${reason}`}`],
      ["looked for", `${whatOf(replay)}${dryRun ? ", as a dry run" : ""}, ${perSecond} a second`],
      ["so far", replay.sentence],
      ...(stands.length === 0 ? [] : [["of those begun", `${progress.more ? "at least " : ""}${stands.join(", ")}`]]),
      ...waitLines(replay.waits).map((line) => ["waits", line]),
      ...skipLines(replay).map((line) => ["skipped", line]),
    ]),
    ...differenceLines(replay),
  ];
}

/** Replays as a table. */
export function listLines(replays: readonly ListedReplay[]): string[] {
  const clock = clockIn(undefined, Date.now());
  return columns(
    replays.map((replay) => {
      const { id, at, who, reason, progress } = replay;
      const skipped = progress.skipped === 0 ? "" : `, ${progress.skipped} skipped`;
      const count = `${progress.begun} of ${progress.found}${skipped}`;
      return [id, clock.show(at), paintState(replay), count, who, whatOf(replay), reason ?? ""];
    }),
  );
}

/** From when on its events were received, as the relay understood what was said. */
function timeLines({ filter: { since } }: ReplayView): string[] {
  const clock = clockIn(undefined, Date.now());
  return since === undefined ? [] : [`received since ${clock.show(since)} (${clock.zone})`];
}

function whatOf({ filter: { until: _, since, ...filter }, event, destination }: ListedReplay): string {
  const said = { ...filter, ...(since === undefined ? {} : { since: clockIn(undefined, Date.now()).show(since) }) };
  const what =
    event ??
    (Object.entries(said)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ") ||
      "everything");
  return destination === undefined ? what : `${what}, to ${destination}`;
}

function paintState({ state }: ListedReplay): string {
  const styles = { counting: "cyan", counted: "yellow", running: "cyan", done: "green", cancelled: "red" } as const;
  return paint(styles[state], state);
}

function standLines({ delivered, waiting, dead, expired }: ReplayView["progress"]): string[] {
  const stands = { delivered, waiting, dead, expired };
  return Object.entries(stands).flatMap(([state, number]) => (number === 0 ? [] : `${number} ${state}`));
}

/** What deliveries wait for, in a line each. */
export function waitLines(waits: ReplayView["waits"]): string[] {
  return waits.map(({ destination, deliveries, for: what, until, sentence }) => {
    if (what !== "breaker" || until === null) return sentence.replace(/\.$/, "");
    const some = `${deliveries} ${deliveries === 1 ? "waits" : "wait"}`;
    return `${some} for the breaker of ${destination}, next probe ${clockOf(Date.parse(until))}`;
  });
}

function skipLines({ reasons }: ReplayView): string[] {
  return Object.entries(reasons).map(([reason, number]) => `skipped ${number} ${SKIPPED_FOR[reason] ?? reason}`);
}

/** Which fields of which events differ. */
function differenceLines({ differences = [] }: ReplayView): string[] {
  return columns(differences.map(({ id, fields }) => [id, fields.map(({ path }) => path).join(", ")]));
}
