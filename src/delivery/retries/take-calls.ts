import { tryThrice } from "../../platform/d1/try-thrice.ts";
import { logLine } from "../../platform/log-line.ts";
import type { Called } from "../batch/receive-messages.ts";
import { inSlices } from "../batch/slices.ts";
import type { Trip } from "../batch/trip.ts";
import { isGuilty } from "../batch/turns.ts";
import { retryLater } from "../requeue/put-off.ts";
import { type AttemptedDue, attemptDue } from "./attempt-due.ts";
import { giveUp } from "./progress.ts";
import { type GivenUp, type Live, readCalled, sortCalls, sortOut } from "./read-due.ts";
import { recordAttempts } from "./record.ts";
import { wakeNext } from "./wake-next.ts";

/** The row of a wake-up that was delivered this often is left to cron. */
const MAX_DELIVERIES = 3;

/** Handles wake-ups and calls to their end: rows, events, attempts, and what came of them; then they are acknowledged. */
export async function takeCalls(calls: readonly Called[], trip: Trip): Promise<void> {
  const { env, relay, inSpan } = trip;
  const wanted = sortCalls(calls.map(({ call }) => call));
  const answered = await inSpan("deliver.read", () => tryThrice(() => readCalled(env.LOG, wanted)));
  if (!answered.ok) {
    logLine("error", "deliver.not_read", { messages: calls.length });
    again(calls);
    return;
  }
  const called = answered.value;
  const sorted = sortOut(called, relay, Date.now());
  // The consumer that attempted it ended, although it was alone.
  const live = calls.some(isGuilty) ? [] : sorted.live;
  const ended = sorted.live.filter((one) => !live.includes(one)).map(endedConsumer);
  const { recorded, open } = await recordAttempts([...sorted.givenUp, ...ended].map(giveUp), env.LOG);
  const batches = await inSpan("deliver.attempt", () => attemptAll(live, trip));
  if (open.length > 0 || batches.some((batch) => batch === undefined || batch.open.length > 0)) again(calls);
  else for (const { queued } of calls) queued.ack();
  const all = batches.flatMap((batch) => batch ?? []);
  const progress = [...recorded, ...all.flatMap((batch) => batch.recorded)];
  const attempted = all.flatMap((batch) => batch.attempted);
  await wakeNext(env, { progress, attempted, called, closed: all.flatMap(({ closed }) => closed) });
  const ungated = all.flatMap((batch) => batch.ungated);
  logLine("info", "deliver.settled", {
    messages: calls.length,
    attempted: attempted.filter(({ result }) => result.kind === "attempted").length,
    delivered: progress.filter(({ state }) => state === "delivered").length,
    ...(ungated.length === 0 ? {} : { ungated }),
  });
}

/** Attempts deliveries with as many events in memory as may be; undefined for those that cannot be attempted now. */
async function attemptAll(live: readonly Live[], trip: Trip): Promise<(AttemptedDue | undefined)[]> {
  const events = [...Map.groupBy(live, ({ delivery }) => delivery.receipt).values()];
  const batches: (AttemptedDue | undefined)[] = [];
  for (const slice of inSlices(events, ([first]) => first?.delivery.size ?? 0)) {
    batches.push(trip.budget.begin() ? await attemptDue(slice.flat(), trip) : undefined);
  }
  return batches;
}

/** Makes calls come again a few times; after that cron finds what waits by its row. */
export function again(calls: readonly Called[]): void {
  for (const { queued } of calls) {
    if (queued.attempts < MAX_DELIVERIES) retryLater(queued);
    else queued.ack();
  }
}

function endedConsumer({ delivery }: Live): GivenUp {
  return { delivery, state: "dead", reason: "consumer_ended" };
}
