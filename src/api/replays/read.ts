import * as z from "zod";
import { LAST_REPLAY, replayId } from "../../log/replays/id.ts";
import { listReplays, readReplay } from "../../log/replays/replay.ts";
import { openText } from "../../platform/shown.ts";
import { operation, Refusal } from "../operation.ts";
import { limit } from "../parameters.ts";
import { relayInForce } from "../relay-in-force.ts";
import { replayItem, toItem } from "./item.ts";
import { describeReplay, replayView } from "./view.ts";

/** `GET /api/replays` */
export const listOfReplays = operation({
  who: "operator",
  summary: "Replays of the last 30 days, newest first: who asked for them, why, and how far they are",
  takes: { query: z.strictObject({ cursor: replayId.default(LAST_REPLAY), limit }) },
  gives: z.object({ items: z.array(replayItem), next: openText.nullable() }),
  run: async ({ query: { cursor, limit }, env }) => {
    const replays = await listReplays(env.LOG, cursor, limit + 1);
    const page = replays.slice(0, limit);
    return { items: page.map(toItem), next: replays.length > limit ? (page.at(-1)?.id ?? null) : null };
  },
});

/** The path of one replay. */
export const replayPath = z.object({ id: z.string() });

/** That there is no such replay. */
export const unknownReplay = new Refusal("not_found", "No replay has this id, or it is older than 30 days.");

/** `GET /api/replays/:id` */
export const readOneReplay = operation({
  who: "operator",
  summary: "One replay: what it found, what it has begun and skipped, and how that stands",
  takes: { params: replayPath },
  gives: replayView,
  refusals: ["not_found", "not_ready"],
  run: async ({ params: { id }, ...work }) => {
    const relay = await relayInForce(work);
    if (relay instanceof Refusal) return relay;
    const replay = await readReplay(work.env.LOG, id);
    return replay === undefined ? unknownReplay : describeReplay(replay, relay, work);
  },
});
