import type { Relay } from "../../config/load-relay.ts";
import { turnPage } from "../../delivery/replay/turn-page.ts";
import { callReplays } from "../../delivery/wake-up.ts";
import { createReplay } from "../../log/replays/create.ts";
import { newReplayId } from "../../log/replays/id.ts";
import { type ReplayRecord, readReplay } from "../../log/replays/replay.ts";
import { describeError } from "../../platform/describe-error.ts";
import { logLine } from "../../platform/log-line.ts";
import type { Work } from "../../platform/work.ts";
import { operation, Refusal } from "../operation.ts";
import { deedOf } from "../people/deed.ts";
import { refuseUnknown, relayInForce } from "../relay-in-force.ts";
import { readSpan } from "../times/span.ts";
import { replayOrder } from "./order.ts";
import { describeReplay, replayView } from "./view.ts";

/** Pages that the request itself turns: a small replay is done when it is answered. */
const FIRST_PAGES = 2;

/** `POST /api/replays` */
export const replayEvents = operation({
  who: "operator",
  summary: "Delivers many events again, or reads them again and delivers what differs",
  takes: { body: replayOrder },
  gives: replayView,
  refusals: ["not_ready"],
  run: async ({ body, caller, ...work }) => {
    const { env, now } = work;
    const relay = await relayInForce(work);
    if (relay instanceof Refusal) return relay;
    const refused = refuseUnknown(body.destination, relay);
    if (refused !== undefined) return refused;
    const { reason, filter: asked, ...order } = body;
    const { since, until, zone, ...filter } = asked;
    if (filter.state === "unrouted" && order.destination === undefined && !order.renormalize) {
      return new Refusal("invalid_request", "body.destination: say where events go that no destination wanted");
    }
    const span = await readSpan({ since, until, zone, source: filter.source }, work);
    const id = newReplayId(now);
    const action = body.renormalize ? "events.read_again" : "events.replayed";
    const call = {
      id,
      deed: deedOf(caller, action, `replays/${id}`, { reason }),
      asked: { ...order, filter, since: span.since, until: span.until ?? now },
    };
    await createReplay(env.LOG, call, now);
    const created = await readReplay(env.LOG, id);
    return created === undefined ? lost : describeReplay(await turnFirst(created, relay, work), relay, work);
  },
});

const lost = new Refusal("not_ready", "The log does not show the replay yet; look for it in the list.");

/** Turns the first pages of a replay that can go on, and calls for the next. Never rejects: cron takes it up, too. */
export async function turnFirst(replay: ReplayRecord, relay: Relay, work: Work): Promise<ReplayRecord> {
  let turned = replay;
  try {
    for (let page = 0; page < FIRST_PAGES && isToTurn(turned, page, work.now); page += 1) {
      turned = (await turnPage(turned, relay, work)) ?? turned;
    }
  } catch (error) {
    logLine("warn", "replay.page_failed", { replay: replay.id, error: describeError(error) });
  }
  await callReplays(work.env.RETRIES, [turned], Date.now());
  return turned;
}

/** One page of counting is as much as one request may look through, or of reading again what it may ask the log for. */
function isToTurn({ state, due, asked }: ReplayRecord, page: number, now: number): boolean {
  return due !== null && due <= now && (page === 0 || (state === "running" && !asked.renormalize));
}
