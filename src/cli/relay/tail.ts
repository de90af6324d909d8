import { setTimeout as wait } from "node:timers/promises";
import { endWhenTold } from "../local/runtime/end.ts";
import { Refusal } from "../refusal.ts";
import { paint } from "../terminal.ts";
import { openRelayClient, type RelayOptions, RelayRefusal } from "./client.ts";
import { clockIn } from "./clock.ts";
import { eventCells, type ListedEvent } from "./event-line.ts";
import { EventWatch } from "./event-watch.ts";
import { LineUp } from "./line-up.ts";
import { tellHowToReveal } from "./masked.ts";
import { RefusalWatch } from "./refusal-watch.ts";

/** Events that are shown at first, and with a time to begin at. */
const MAX_SHOWN_FIRST = 10;
const MAX_SHOWN_SINCE = 1000;
const SECOND_MS = 1000;
/** A request stays wrong however often it is made. */
const FINAL = ["unauthorized", "forbidden", "invalid_request"];

/** Which events, and how often to look. */
export interface TailOptions extends RelayOptions {
  readonly source?: string | undefined;
  readonly type?: string | undefined;
  readonly subject?: string | undefined;
  readonly state?: string | undefined;
  readonly since?: string | undefined;
  readonly zone?: string | undefined;
  /** Seconds between two looks; 0 ends after the first one. */
  readonly follow: number;
}

/** Something to print: when it was, and the cells of its line. */
interface Told {
  readonly at: string;
  readonly cells: readonly string[];
}

/**
 * Prints the newest events of a relay, then each new one, each one again whose deliveries stand otherwise, and what was
 * refused, until it is told to end.
 */
export async function tail({ follow, since, zone, url, token, ...watched }: TailOptions): Promise<void> {
  const clock = clockIn(zone, Date.now());
  const relay = openRelayClient({ url, token });
  const events = new EventWatch(relay, { ...watched, since, zone: since === undefined ? undefined : clock.zone });
  // Only of what is narrowed by nothing but its source everything is told.
  const isWhole = [watched.type, watched.subject, watched.state].every((one) => one === undefined);
  const span = { since: since ?? new Date().toISOString(), zone: clock.zone };
  const refusals = isWhole ? new RefusalWatch(relay, { source: watched.source, ...span }) : undefined;
  const line = new LineUp();
  let isExplained = false;
  const show = (told: readonly Told[]) => {
    for (const { cells } of told.toSorted((one, other) => (one.at < other.at ? -1 : 1))) console.log(line.up(cells));
    if (events.isMasked && !isExplained) console.log(tellHowToReveal());
    isExplained ||= events.isMasked;
  };
  const eventTold = (event: ListedEvent): Told => {
    return { at: event.receivedTime, cells: eventCells(event, clock.show(event.receivedTime)) };
  };
  const lookForRefusals = async (): Promise<Told[]> =>
    ((await refusals?.next()) ?? []).map(({ at, source, reason, request, kind = "", sentence }) => {
      const about = [kind, sentence].filter(Boolean).join("  ");
      return {
        at,
        cells: [
          paint("dim", clock.show(at)),
          paint("red", "refused"),
          source,
          paint("red", `✗ ${reason}`),
          request,
          about,
        ],
      };
    });
  const first = await events.first(since === undefined ? MAX_SHOWN_FIRST : MAX_SHOWN_SINCE);
  line.learn(first.map((event) => eventTold(event).cells));
  show([...first.map(eventTold), ...(await lookForRefusals())]);
  if (follow === 0) return;
  endWhenTold(0);
  let lostAt: number | undefined;
  for (;;) {
    await wait(follow * SECOND_MS);
    try {
      const [news, refused] = [await events.next(), await lookForRefusals()];
      if (lostAt !== undefined) tellBack(lostAt, clock.show);
      lostAt = undefined;
      const now = new Date().toISOString();
      show([
        ...refused,
        ...news.map(({ what, event }): Told => {
          if (what === "new") return eventTold(event);
          const cells = eventCells(event, clock.show(now));
          return { at: now, cells: what === "changed" ? cells : repeatedCells(cells, event) };
        }),
      ]);
    } catch (error) {
      if (!(error instanceof Refusal) || (error instanceof RelayRefusal && FINAL.includes(error.code))) throw error;
      if (lostAt === undefined) console.error(`hookswitch: lost: ${error.message}`);
      lostAt ??= Date.now();
    }
  }
}

/** The line of a webhook that repeated an event: nothing is delivered again. */
function repeatedCells(
  [time = "", type = "", source = "", , id = ""]: readonly string[],
  event: ListedEvent,
): string[] {
  return [time, type, source, paint("dim", "= repeated"), id, paint("dim", `${event.repeated}x, delivered once`)];
}

function tellBack(lostAt: number, show: (moment: string) => string): void {
  const [from, to] = [lostAt, Date.now()].map((at) => show(new Date(at).toISOString()));
  console.error("hookswitch: back");
  console.log(paint("dim", `── nothing was seen from ${from} to ${to}; what came meanwhile follows ──`));
}
