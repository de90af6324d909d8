import { setTimeout as wait } from "node:timers/promises";
import { endWhenTold } from "../../local/runtime/end.ts";
import { Refusal } from "../../refusal.ts";
import { paint } from "../../terminal.ts";
import { openRelayClient, type RelayOptions, RelayRefusal } from "../client.ts";
import { clockIn } from "../clock.ts";
import { tellHowToReveal } from "../masked.ts";
import { EventWatch } from "./event-watch.ts";
import { type Forwarding, forwarderTo } from "./forward.ts";
import { LineUp } from "./line-up.ts";
import { type Told, tellEvent, tellForwarded, tellNews, tellRefused } from "./lines.ts";
import { RefusalWatch } from "./refusal-watch.ts";

/** Events that are shown at first, and with a time to begin at. */
const MAX_SHOWN_FIRST = 10;
const MAX_SHOWN_SINCE = 1000;
const SECOND_MS = 1000;
/** A request stays wrong however often it is made. */
const FINAL = ["unauthorized", "forbidden", "invalid_request"];

/** Which events, and how often to look. */
export interface TailOptions extends RelayOptions, Forwarding {
  readonly source?: string | undefined;
  readonly type?: string | undefined;
  readonly subject?: string | undefined;
  readonly state?: string | undefined;
  readonly since?: string | undefined;
  readonly zone?: string | undefined;
  /** Seconds between two looks; 0 ends after the first one. */
  readonly follow: number;
  /** One line of JSON for each, in the place of its cells. */
  readonly json?: boolean | undefined;
}

/**
 * Prints the newest events of a relay, then each new one, each one again whose deliveries stand otherwise, and what was
 * refused, until it is told to end.
 */
export async function tail(options: TailOptions): Promise<void> {
  const { follow, since, zone, url, token, json, forward, secret, yes, ...watched } = options;
  const clock = clockIn(zone, Date.now());
  const relay = openRelayClient({ url, token });
  const sendOn = forwarderTo({ forward, secret, yes }, relay);
  const events = new EventWatch(relay, { ...watched, since, zone: since === undefined ? undefined : clock.zone });
  // Only of what is narrowed by nothing but its source everything is told.
  const isWhole = [watched.type, watched.subject, watched.state].every((one) => one === undefined);
  const span = { since: since ?? new Date().toISOString(), zone: clock.zone };
  let refusals = isWhole ? new RefusalWatch(relay, { source: watched.source, ...span }) : undefined;
  const line = new LineUp();
  let isExplained = false;
  const show = async (told: readonly Told[]) => {
    for (const { cells, json: plain, news } of told.toSorted((one, other) => (one.at < other.at ? -1 : 1))) {
      console.log(json ? JSON.stringify(plain) : line.up(cells));
      if (news !== undefined && sendOn !== undefined) console.log(tellForwarded(news, await sendOn(news), json));
    }
    if (events.isMasked && !isExplained && !json) console.log(tellHowToReveal());
    isExplained ||= events.isMasked;
  };
  const lookForRefusals = async (): Promise<Told[]> => {
    try {
      return ((await refusals?.next()) ?? []).map((refused) => tellRefused(refused, clock));
    } catch (error) {
      if (!(error instanceof RelayRefusal) || error.code !== "forbidden") throw error;
      // A receiver is told of its own events alone.
      refusals = undefined;
      return [];
    }
  };
  const first = await events.first(since === undefined ? MAX_SHOWN_FIRST : MAX_SHOWN_SINCE);
  line.learn(first.map((event) => tellEvent(event, clock).cells));
  // What was there before is sent on only where a time says from when.
  await show([...first.map((event) => tellEvent(event, clock, since !== undefined)), ...(await lookForRefusals())]);
  if (follow === 0) return;
  endWhenTold(0);
  let lostAt: number | undefined;
  for (;;) {
    await wait(follow * SECOND_MS);
    try {
      const [news, refused] = [await events.next(), await lookForRefusals()];
      if (lostAt !== undefined) tellBack(lostAt, clock.show, json);
      lostAt = undefined;
      const now = new Date().toISOString();
      await show([...refused, ...news.map((one) => tellNews(one, clock, now))]);
    } catch (error) {
      if (!(error instanceof Refusal) || (error instanceof RelayRefusal && FINAL.includes(error.code))) throw error;
      if (lostAt === undefined) console.error(`hookswitch: lost: ${error.message}`);
      lostAt ??= Date.now();
    }
  }
}

/** @param json what stands between lines of JSON would be none */
function tellBack(lostAt: number, show: (moment: string) => string, json = false): void {
  const [from, to] = [lostAt, Date.now()].map((at) => show(new Date(at).toISOString()));
  console.error("hookswitch: back");
  const gap = paint("dim", `── nothing was seen from ${from} to ${to}; what came meanwhile follows ──`);
  if (json) console.error(gap);
  else console.log(gap);
}
