import { recordFailedSignIn } from "../../log/audit/failed-sign-ins.ts";
import { logLine } from "../../platform/log-line.ts";
import type { Work } from "../../platform/work.ts";

const HOUR_MS = 3_600_000;
/** Of so many parts of addresses an isolate tells in an hour; the log takes fewer. */
const MAX_ADDRESSES = 200;

/** The parts of addresses that this isolate has told of, in one hour: the log is not asked for every wrong token. */
let told: { readonly hour: number; readonly addresses: Set<string> } = { hour: 0, addresses: new Set() };

/** Forgets of whom was told, as a new isolate would. */
export function forgetFailures(): void {
  told = { hour: 0, addresses: new Set() };
}

/** Tells of failed sign-ins in the audit, once an hour and part of an address, behind the answer. Never rejects. */
export function noteFailedSignIn(address: string, { env, now, defer }: Work): void {
  const hour = Math.floor(now / HOUR_MS);
  if (told.hour !== hour) told = { hour, addresses: new Set() };
  if (told.addresses.has(address) || told.addresses.size >= MAX_ADDRESSES) return;
  told.addresses.add(address);
  defer(recordFailedSignIn(env.LOG, address, now).catch(() => logLine("error", "audit.not_written", { address })));
}
