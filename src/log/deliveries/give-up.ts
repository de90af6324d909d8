import * as z from "zod";
import { hourOfReceipt } from "../../events/receipt.ts";
import { sortRows } from "../../platform/d1/sort-rows.ts";
import { describeError } from "../../platform/describe-error.ts";
import { logLine } from "../../platform/log-line.ts";
import { hourOf } from "../../platform/time/instant.ts";
import { countFlow } from "../ledger/flow.ts";
import { addToTally } from "../ledger/tally.ts";
import type { EndReason } from "../reasons.ts";
import { MATCHES, type WaitingDelivery, waitingDelivery } from "./deliveries.ts";

/** An id is told up to this many characters, for it may be none at all. */
const MAX_TOLD_CHARACTERS = 64;

/** What can be told of a row that is not as it should be. */
const keyRow = z.object({
  receipt: z.string(),
  destination: z.string(),
  run: z.union([z.number(), z.string()]),
  source: z.string().catch("unknown"),
});

/** The deliveries in rows of the log. Those that cannot be read are given up, each alone, and are not among them. */
export async function readDeliveries(log: D1Database, rows: readonly unknown[]): Promise<WaitingDelivery[]> {
  const { read, unreadable } = sortRows(waitingDelivery, rows);
  const keys = sortRows(keyRow, unreadable).read;
  try {
    if (keys.length > 0) await giveUpDeliveries(log, keys, "row_unreadable");
  } catch (error) {
    logLine("error", "delivery.not_given_up", { deliveries: keys.length, error: describeError(error) });
  }
  return read;
}

/**
 * Makes deliveries dead letters, whatever else stands in their rows, and counts them. Rejects when the log cannot be
 * written.
 */
export async function giveUpDeliveries(
  log: D1Database,
  keys: readonly z.infer<typeof keyRow>[],
  reason: EndReason,
): Promise<void> {
  const flowHour = hourOf(Date.now());
  const additions = keys.map(({ receipt, destination, run, source }) => {
    const counter = run === 0 ? "dead" : "replay_dead";
    const flow = countFlow([{ destination, state: "dead", source }]);
    return { receipt, destination, run, source, hour: hourOfReceipt(receipt), [counter]: 1, flow, flowHour };
  });
  for (const { receipt, destination } of keys) {
    const told = destination.slice(0, MAX_TOLD_CHARACTERS);
    logLine("error", "delivery.given_up", { receipt, destination: told, reason });
  }
  await log.batch([
    addToTally(log, additions, `EXISTS (SELECT 1 FROM delivery WHERE ${MATCHES})`),
    log
      .prepare(
        `UPDATE delivery SET state = 'dead', next = NULL, reason = ?2,
           attempt = iif(typeof(attempt) = 'integer', attempt, 0),
           attempts = iif(json_valid(attempts), attempts, '[]')
         FROM json_each(?1) WHERE ${MATCHES}`,
      )
      .bind(JSON.stringify(additions), reason),
  ]);
}
