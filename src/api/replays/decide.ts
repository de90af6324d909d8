import { cancelReplay, startReplay } from "../../log/replays/decide.ts";
import { readReplay } from "../../log/replays/replay.ts";
import { operation, Refusal } from "../operation.ts";
import { deedOf } from "../people/deed.ts";
import { relayInForce } from "../relay-in-force.ts";
import { replayPath, unknownReplay } from "./read.ts";
import { turnFirst } from "./replay-events.ts";
import { describeReplay, replayView } from "./view.ts";

/** `POST /api/replays/:id/start` */
export const start = operation({
  who: "operator",
  summary: "Sends exactly what a dry run has found; what has gone or changed since is skipped",
  takes: { params: replayPath },
  gives: replayView,
  refusals: ["not_found", "not_ready"],
  run: async ({ params: { id }, caller, ...work }) => {
    const { env, now } = work;
    const relay = await relayInForce(work);
    if (relay instanceof Refusal) return relay;
    const found = await readReplay(env.LOG, id);
    if (found === undefined) return unknownReplay;
    // The dry run itself is not told of: why it was asked for is told now.
    const reason = found.reason ?? undefined;
    const deed = deedOf(caller, "replay.started", `replays/${id}`, { reason });
    const isStarted = await startReplay(env.LOG, found.id, deed, now);
    const replay = (await readReplay(env.LOG, id)) ?? found;
    if (replay.state === "counting") return new Refusal("invalid_request", "It still counts: start it once it has.");
    if (replay.state === "cancelled") return new Refusal("invalid_request", "It was cancelled: ask for a new one.");
    return describeReplay(isStarted ? await turnFirst(replay, relay, work) : replay, relay, work);
  },
});

/** `POST /api/replays/:id/cancel` */
export const cancel = operation({
  who: "operator",
  summary: "Ends a replay: nothing more of it begins; what was begun goes on",
  takes: { params: replayPath },
  gives: replayView,
  refusals: ["not_found", "not_ready"],
  run: async ({ params: { id }, caller, ...work }) => {
    const { env, now } = work;
    const relay = await relayInForce(work);
    if (relay instanceof Refusal) return relay;
    const found = await readReplay(env.LOG, id);
    if (found === undefined) return unknownReplay;
    await cancelReplay(env.LOG, found.id, deedOf(caller, "replay.cancelled", `replays/${id}`), now);
    const replay = (await readReplay(env.LOG, id)) ?? found;
    return replay.state === "done"
      ? new Refusal("invalid_request", "It is done already; what was begun goes on.")
      : describeReplay(replay, relay, work);
  },
});
