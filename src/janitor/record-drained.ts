import { failureOf, sourceIn } from "../delivery/batch/unread-webhook.ts";
import { settleUnread } from "../delivery/fan-out/settlement.ts";
import { acceptedAt, receiptId } from "../events/receipt.ts";
import { joinSettlements, settle } from "../log/events/settle.ts";
import type { UnreadReason } from "../log/reasons.ts";
import { type DueMessage, deleteSpool, type Postponed, postponeSpool } from "../log/spool.ts";
import { logLine } from "../platform/log-line.ts";
import { readJson } from "../platform/read-json.ts";
import type { Outgoing } from "./spool-bulks.ts";

/** A body that lies in the spool is announced again if nobody came for it, each time after twice as long. */
const ANNOUNCE_AGAIN_MS = 10 * 60_000;
const MAX_ANNOUNCE_MS = 4 * 60 * 60_000;
/** A message is announced this often at most, which takes four days: then nobody comes for it. */
const MAX_ANNOUNCED = 30;
/** What the queue refused waits longer each time; what it refuses for three hours it will not take. */
const REFUSED_MS = 60_000;
const MAX_REFUSED_MS = 60 * 60_000;
const MAX_REFUSED = 10;

/** What came of a page of the spool. */
export interface Drained {
  readonly taken: readonly Outgoing[];
  readonly refused: readonly DueMessage[];
  readonly unreadable: readonly DueMessage[];
}

/** Lets go of what the queue has taken, and looks at the rest later, or never again. Rejects when the log cannot be written. */
export async function recordDrained(
  log: D1Database,
  { taken, refused, unreadable }: Drained,
  now: number,
): Promise<void> {
  const gone = taken.filter(({ ref }) => !ref).map(({ receipt }) => receipt);
  const announced = taken.filter(({ ref }) => ref);
  const [unheard, waiting] = split(announced, ({ tries }) => tries + 1 >= MAX_ANNOUNCED);
  const [hopeless, again] = split(refused, ({ refused }) => refused + 1 >= MAX_REFUSED);
  for (const { receipt } of refused) logLine("error", "webhook.not_queued", { receipt });
  const postponed = [...waiting.map((one) => announceLater(one, now)), ...again.map((one) => offerLater(one, now))];
  const failures = [
    ...unreadable.map((row) => toFailure(row, "spool_unreadable", now)),
    ...hopeless.map((row) => toFailure(row, "queue_refused", now)),
    ...unheard.map((row) => toFailure(row, "never_read", now)),
  ];
  if (gone.length > 0) await deleteSpool(log, gone);
  if (postponed.length > 0) await postponeSpool(log, postponed);
  if (failures.length > 0) await settle(log, joinSettlements(failures));
}

function announceLater({ receipt, tries }: DueMessage, now: number): Postponed {
  return { receipt, due: now + Math.min(ANNOUNCE_AGAIN_MS * 2 ** tries, MAX_ANNOUNCE_MS), counts: "tries" };
}

/** A message goes again at once, with fewer others: one of those may be what is refused. */
function offerLater({ receipt, refused }: DueMessage, now: number): Postponed {
  const wait = Math.min(REFUSED_MS * 2 ** Math.max(refused - 1, 0), MAX_REFUSED_MS);
  return { receipt, due: now + wait, counts: "refused" };
}

function toFailure({ receipt, message }: DueMessage, reason: UnreadReason, now: number) {
  const source = sourceIn(readJson(message));
  const receivedAt = receiptId.safeParse(receipt).success ? acceptedAt(receipt) : now;
  logLine("error", "webhook.failed", { receipt, source, reason });
  const failure = failureOf({ receipt, source, receivedAt }, reason, message);
  // A row of the spool fits into one of the failures, so that nothing of it has to go.
  return settleUnread({ ...failure, message: message.toWellFormed(), ref: true });
}

function split<T>(all: readonly T[], belongs: (one: T) => boolean): [T[], T[]] {
  return [all.filter(belongs), all.filter((one) => !belongs(one))];
}
