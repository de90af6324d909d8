import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLocalRelay } from "../local/open.ts";
import { endWhenTold } from "../local/runtime/end.ts";
import { logToTerminal } from "../local/runtime/log.ts";
import { readSettings } from "../local/settings.ts";
import { ToldFailure } from "../refusal.ts";
import type { Arrival } from "../sink/arrival.ts";
import { paint } from "../terminal.ts";
import { until } from "../until.ts";
import { askLedger, findLedgerFault } from "./ledger.ts";
import { matchArrivals } from "./match.ts";
import { planDemo } from "./plan.ts";
import { report } from "./report.ts";
import { sendAll } from "./send-all.ts";

/** How long events and ledger may take after the last webhook; milliseconds. */
const PATIENCE_MS = 30_000;
const LOOK_MS = 200;

/** Sends every vendor's webhooks through a relay with fresh state; fails unless each arrives, signed, and the ledger balances. */
export async function runDemo(): Promise<void> {
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
  const deadline = Date.now() + PATIENCE_MS;
  const outcomes = () => matchArrivals(sent, arrivals);
  await until(deadline, LOOK_MS, async () => outcomes().every(({ arrival }) => arrival !== undefined));
  const accepted = sent.filter(({ sequence }) => sequence !== undefined).length;
  const books = () => askLedger(local.url, local.adminToken);
  await until(deadline, LOOK_MS, async () => findLedgerFault(await books(), accepted) === undefined);
  const ledger = await books();
  const ledgerFault = findLedgerFault(ledger, accepted);
  console.log(report(outcomes(), ledger, ledgerFault));
  await local.close();
  if (ledgerFault !== undefined || outcomes().some(({ fault }) => fault !== undefined)) throw new ToldFailure();
}
