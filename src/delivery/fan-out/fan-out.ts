import { loadRelay } from "../../config/load-relay.ts";
import { OWN_SOURCE } from "../../events/own-source.ts";
import { logLine } from "../../platform/log-line.ts";
import type { Received, SortedBatch } from "../batch/receive-messages.ts";
import { RequestBudget } from "../batch/request-budget.ts";
import type { BatchWork } from "../batch/trip.ts";
import { inTurns, isLostCause, isSuspect } from "../batch/turns.ts";
import { inNextTurn, onItsWay, putOff } from "../requeue/put-off.ts";
import { carryForeign } from "./carry-foreign.ts";
import { noteDrift } from "./note-drift.ts";
import { rescue } from "./rescue.ts";
import { type Taken, type Turn, takeTurn } from "./take-turn.ts";

/** The self-test waits no longer. */
const MAX_TEST_MS = 20_000;

/** A batch of webhooks becomes events, in turns, each of which it brings to its end before the next. */
export async function fanOut(
  { webhooks, unread, foreign }: Pick<SortedBatch, "webhooks" | "unread" | "foreign">,
  work: BatchWork,
): Promise<void> {
  const { env } = work;
  const late = webhooks.filter(isLateTest);
  for (const { queued } of late) queued.ack();
  const live = webhooks.filter((one) => !isLostCause(one) && !late.includes(one));
  await rescue(webhooks.filter(isLostCause), env.LOG);
  await carryForeign(foreign, env);
  if (live.length + unread.length === 0) return;
  const loaded = await loadRelay(work);
  if (loaded.state !== "ready") {
    logLine("error", "fan_out.not_ready", { messages: live.length });
    await putOff([...live, ...unread].map(onItsWay), env);
    return;
  }
  const trip = { ...work, relay: loaded.value, budget: new RequestBudget(env, loaded.value.plan) };
  const { together, alone } = inTurns(live, isLarge);
  const usual: Turn[] = together.length + unread.length === 0 ? [] : [{ webhooks: together, unread }];
  const sums: Omit<Taken, "fresh">[] = [];
  for (const turn of [...usual, ...alone.map((one): Turn => ({ webhooks: [one], unread: [] }))]) {
    if (trip.budget.begin()) {
      const { fresh, ...taken } = await takeTurn(turn, trip);
      sums.push(taken);
      // Looking for what is strange takes a body apart once more.
      noteDrift(
        fresh.filter((one) => !isSuspect(one)).map(({ webhook }) => webhook),
        trip,
      );
    } else await putOff(turn.webhooks.map(inNextTurn), env);
  }
  logSums(webhooks.length + unread.length, sums);
}

/** A webhook of the self-test that nobody waits for any more, and nobody would remove. */
function isLateTest({ message: { source, receivedAt } }: Received): boolean {
  return source === OWN_SOURCE && Date.now() - receivedAt > MAX_TEST_MS;
}

/** Its body lies in the spool: it may be a megabyte, and is in memory by itself. */
function isLarge({ message }: Received): boolean {
  return message.ref === true;
}

function logSums(messages: number, sums: readonly Omit<Taken, "fresh">[]): void {
  const sum = (name: "events" | "duplicates" | "open") => sums.reduce((total, taken) => total + taken[name], 0);
  const ungated = [...new Set(sums.flatMap(({ ungated }) => ungated))];
  logLine(sum("open") === 0 ? "info" : "error", "fan_out.settled", {
    messages,
    events: sum("events"),
    duplicates: sum("duplicates"),
    open: sum("open"),
    ...(ungated.length === 0 ? {} : { ungated }),
  });
}
