import { recordFailedSignIn } from "../../log/audit/failed-sign-ins.ts";
import { failedTooOften } from "../../platform/limit-failures.ts";
import { logLine } from "../../platform/log-line.ts";
import type { RequestId } from "../../platform/request-id.ts";
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

/** A request that proved nobody. */
export interface FailedProof {
  readonly reason: "no_token" | "wrong_token" | "wrong_assertion";
  readonly address: string;
  /** Of the request, where it has one. */
  readonly request?: RequestId;
}

/**
 * Counts, logs and tells of a request that proved nobody, be it for the API or to sign in, and says whether too many came
 * from its address. Never rejects.
 */
export async function noteFailedProof({ reason, address, request }: FailedProof, work: Work): Promise<boolean> {
  if (reason !== "no_token") tellOfFailure(address, work);
  const limited = await failedTooOften(work.env, `api ${address}`);
  logLine("warn", "api.refused", { ...(request === undefined ? {} : { request }), reason, limited, address });
  return limited;
}

/** Tells the audit, once an hour and part of an address, behind the answer. */
function tellOfFailure(address: string, { env, now, defer }: Work): void {
  const hour = Math.floor(now / HOUR_MS);
  if (told.hour !== hour) told = { hour, addresses: new Set() };
  if (told.addresses.has(address) || told.addresses.size >= MAX_ADDRESSES) return;
  told.addresses.add(address);
  defer(recordFailedSignIn(env.LOG, address, now).catch(() => logLine("error", "audit.not_written", { address })));
}
