import { markKeysIn } from "../../config/secrets/mark-keys.ts";
import { deleteSpool } from "../../log/spool.ts";
import { tryThrice } from "../../platform/d1/try-thrice.ts";
import { logLine } from "../../platform/log-line.ts";
import { lookupIn } from "../../platform/lookup.ts";
import type { Received, SortedBatch } from "../batch/receive-messages.ts";
import type { Trip } from "../batch/trip.ts";
import { isSuspect } from "../batch/turns.ts";
import { onItsWay, putOff } from "../requeue/put-off.ts";
import { releaseAll } from "../retries/release.ts";
import { sendWakeUps } from "../wake-up.ts";
import { attemptWebhooks } from "./attempt-webhooks.ts";
import { type Claiming, claimWebhooks } from "./claim-webhooks.ts";
import { type ReadOne, readWebhooks } from "./read-webhooks.ts";
import { type SettlementPart, settleWebhooks, toPart } from "./settle-webhooks.ts";
import { settleRepeated, settleUnread } from "./settlement.ts";
import { recordEnds, UNDER_WAY, withEnds } from "./under-way.ts";

/** The webhooks that are handled together, and what is none. */
export interface Turn {
  readonly webhooks: readonly Received[];
  readonly unread: SortedBatch["unread"];
}

/** What a turn came to. */
export interface Taken {
  /** Webhooks that were read and not settled before. */
  readonly fresh: readonly ReadOne[];
  readonly events: number;
  readonly duplicates: number;
  /** Messages that are put off. */
  readonly open: number;
  readonly ungated: readonly string[];
}

/**
 * Handles webhooks to their end: read, claim, match, first attempt, settle; then their messages are acknowledged. What
 * the log does not take is put off, with the results of its first attempts. Never rejects for one of them.
 */
export async function takeTurn({ webhooks, unread }: Turn, trip: Trip): Promise<Taken> {
  const { env, inSpan, behind } = trip;
  const { read, lost, later } = await inSpan("fan_out.read", () => readWebhooks(webhooks, trip));
  const claims = await inSpan("fan_out.claim", () => claimWebhooks(read, env.LOG), { webhooks: read.length });
  const { own, repeated, before, unsure } = sortClaimed(read, claims);
  const { attempted, underWay, closed, closedLater, ungated } = await inSpan("fan_out.attempt", () =>
    attemptWebhooks(own, trip),
  );
  const { current: markKey } = await markKeysIn(lookupIn(env));
  const parts: SettlementPart[] = [
    ...(await Promise.all(attempted.map((one) => toPart(one, markKey)))),
    ...repeated,
    ...[...lost, ...unread].map((one) => {
      return { ...one, receipt: one.failure.receipt, settlement: settleUnread(one.failure) };
    }),
  ];
  const { settled, refused, open } = await inSpan("fan_out.settle", () => settleWebhooks(parts, env.LOG));
  for (const { queued } of [...settled, ...before]) queued.ack();
  const kept = parts.filter((part) => settled.has(part) && !refused.has(part));
  if (underWay.length > 0) {
    const of = (some: readonly SettlementPart[]) => {
      const receipts = new Set(some.map(({ receipt }) => receipt));
      return underWay.filter(({ order }) => receipts.has(order.receipt));
    };
    behind((fresh) => recordEnds({ kept: of(kept), unsure: of(open) }, closedLater, fresh));
  }
  if (open.length < parts.length) {
    await sendWakeUps(env.RETRIES, kept.flatMap(waitingIn), Date.now());
    await Promise.all(closed.map((destination) => releaseAll(env, destination)));
  }
  const carried = await Promise.all(open.map((part) => withEnds(part, underWay)));
  await putOff([...carried, ...later, ...unsure].map(onItsWay), env);
  await forgetBodies(before, env.LOG);
  return {
    fresh: read.filter((one) => !before.includes(one)),
    events: attempted.length,
    duplicates: repeated.length,
    open: open.length + later.length + unsure.length,
    ungated,
  };
}

interface Sorted {
  readonly own: ReadOne[];
  readonly repeated: SettlementPart[];
  /** Settled by an earlier run of the same message. */
  readonly before: ReadOne[];
  /** They may have been sent already, and the log cannot tell. */
  readonly unsure: ReadOne[];
}

function sortClaimed(read: readonly ReadOne[], claims: ReadonlyMap<string, Claiming>): Sorted {
  const sorted: Sorted = { own: [], repeated: [], before: [], unsure: [] };
  for (const one of read) {
    const { queued, message } = one;
    const claim = claims.get(message.receipt) ?? { state: "unclaimed" };
    if (claim.state === "settled") sorted.before.push(one);
    else if (claim.state === "duplicate") {
      const settlement = settleRepeated({ message, ...claim });
      sorted.repeated.push({ queued, message, receipt: message.receipt, settlement });
    } else if (claim.state === "unclaimed" && isSuspect(one) && message.results === undefined) sorted.unsure.push(one);
    else sorted.own.push(one);
  }
  return sorted;
}

function waitingIn({ receipt, results = {} }: SettlementPart) {
  return Object.entries(results).flatMap(([destination, { state, attempt, next, reason }]) =>
    // What is under way needs no wake-up: should nobody record its end, cron finds it.
    state === "waiting" && next !== undefined && reason !== UNDER_WAY
      ? [{ receipt, destination, run: 0, attempt, next }]
      : [],
  );
}

/** A body that was announced again after its webhook was settled lies in the spool for nothing. */
async function forgetBodies(before: readonly ReadOne[], log: D1Database): Promise<void> {
  const receipts = before.flatMap(({ message: { ref, receipt } }) => (ref ? receipt : []));
  if (receipts.length === 0) return;
  const forgotten = await tryThrice(() => deleteSpool(log, receipts));
  if (!forgotten.ok) logLine("warn", "webhook.not_forgotten", { webhooks: receipts.length });
}
