import type { Relay } from "../../config/load-relay.ts";
import { type ReplayRecord, readReplay } from "../../log/replays/replay.ts";
import { isTaken } from "../../log/replays/step.ts";
import { logLine } from "../../platform/log-line.ts";
import type { Work } from "../../platform/work.ts";
import { beginPart } from "./begin.ts";
import { countPage } from "./count.ts";

/** Counts or begins the next page of a replay; returns it as it is then. Rejects when the log cannot be used. */
export async function turnPage(replay: ReplayRecord, relay: Relay, work: Work): Promise<ReplayRecord | undefined> {
  if (replay.due === null) return replay;
  try {
    await (replay.state === "counting" ? countPage : beginPart)(replay, relay, work);
  } catch (error) {
    if (!isTaken(error)) throw error;
  }
  const turned = await readReplay(work.env.LOG, replay.id);
  if (turned !== undefined && turned.state !== replay.state) tellState(turned);
  return turned;
}

function tellState({ id, who, state, deliveries, begun, skipped, because }: ReplayRecord): void {
  const why = because === null ? {} : { because };
  logLine("info", "replay.turned", { replay: id, who, state, deliveries, begun, skipped, ...why });
}
