import { recordProgress } from "../../log/deliveries/deliveries.ts";
import { giveUpDeliveries } from "../../log/deliveries/give-up.ts";
import { eachApart } from "../../platform/d1/each-apart.ts";
import { askOnce, tryThrice } from "../../platform/d1/try-thrice.ts";
import { logLine } from "../../platform/log-line.ts";
import type { Recorded } from "./progress.ts";

/** What the log has recorded, and what it could not take. */
export interface RecordedAll {
  readonly recorded: Recorded[];
  readonly open: Recorded[];
  /** How many of the recorded found their rows as they had left them. */
  readonly changed: number;
}

/**
 * Records what came of deliveries. One that the log does not take although it takes others is recorded without what is
 * told of its attempt; where it does not take that either, it is a dead letter, and does not circulate. Never rejects.
 */
export async function recordAttempts(progress: readonly Recorded[], log: D1Database): Promise<RecordedAll> {
  const { done, answers, refused, failed, open } = await eachApart(progress, (some) => recordProgress(log, some));
  const recorded = [...done];
  const stubborn: Recorded[] = [];
  for (const one of [...refused, ...failed]) {
    const bare = await askOnce(() => recordProgress(log, [{ ...one, made: null }]));
    (bare.ok ? recorded : stubborn).push(one);
    if (bare.ok) answers.push(bare.value);
  }
  const givenUp = stubborn.length > 0 && (await tryThrice(() => giveUpDeliveries(log, stubborn, "log_refused"))).ok;
  const left = givenUp ? open : [...open, ...stubborn];
  if (left.length > 0) logLine("error", "deliver.not_recorded", { deliveries: left.length });
  return { recorded, open: left, changed: answers.reduce((sum, rows) => sum + rows, 0) };
}
