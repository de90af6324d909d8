import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { findLedgerFault, readLedger } from "../demo/ledger.ts";
import { matchArrivals } from "../demo/match.ts";
import { planDemo } from "../demo/plan.ts";
import { report } from "../demo/report.ts";
import { sendAll } from "../demo/send-all.ts";
import { endWhenTold } from "../local/end.ts";
import { logToTerminal } from "../local/log.ts";
import { openLocalRelay } from "../local/open.ts";
import { readSettings } from "../local/settings.ts";
import type { Arrival } from "../sink/arrival.ts";
import { paint } from "../terminal.ts";

/** How long events and ledger may take after the last webhook; milliseconds. */
const PATIENCE = 30_000;
const LOOK = 200;

/** Sends every vendor's webhooks through a relay with fresh state; 0 when each arrived, signed, and the ledger balances. */
export async function demo(args: string[]): Promise<number> {
  parseArgs({ args });
  endWhenTold(130);
  const state = mkdtempSync(join(tmpdir(), "hookswitch-demo-"));
  process.on("exit", () => rmSync(state, { recursive: true, force: true }));
  const arrivals: Arrival[] = [];
  console.log(paint("dim", "Building the Worker and opening a fresh state …"));
  const local = await openLocalRelay(
    { ...readSettings(process.env), state, config: undefined, permissions: undefined },
    { onArrival: (arrival) => arrivals.push(arrival), onLog: logToTerminal(false) },
  );
  const sent = await sendAll(planDemo(local.url, local.values.DEMO_KEY ?? ""));
  const deadline = Date.now() + PATIENCE;
  const outcomes = () => matchArrivals(sent, arrivals);
  await until(deadline, async () => outcomes().every(({ arrival }) => arrival !== undefined));
  const accepted = sent.filter(({ sequence }) => sequence !== undefined).length;
  const books = () => readLedger(local.url, local.adminToken);
  await until(deadline, async () => findLedgerFault(await books(), accepted) === undefined);
  const ledger = await books();
  const ledgerFault = findLedgerFault(ledger, accepted);
  console.log(report(outcomes(), ledger, ledgerFault));
  await local.close();
  return ledgerFault === undefined && outcomes().every(({ fault }) => fault === undefined) ? 0 : 1;
}

async function until(deadline: number, holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds()) && Date.now() < deadline) await wait(LOOK);
}
