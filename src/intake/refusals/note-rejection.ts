import { addRefusedRequests, type NewRefusedRequest } from "../../log/counts/refused-requests.ts";
import { addRejections, type Rejection } from "../../log/counts/rejections.ts";
import { addressPart } from "../../platform/address-part.ts";
import { DelayedFlush } from "../../platform/delayed-flush.ts";
import { logLine } from "../../platform/log-line.ts";
import { dayOf } from "../../platform/time/instant.ts";
import { httpStatusOf, type ProblemCode } from "../../problem.ts";
import type { InboundRequest } from "../inbound-request.ts";
import type { LiveKeys } from "../scrub/live-keys.ts";

/** Counters of one flush; what goes beyond loses its detail, and unknown ids their name. */
const MAX_COUNTERS = 200;
const MAX_UNKNOWN = 20;
/** Requests of one flush that may be kept one by one; the log keeps fewer. */
const MAX_REQUESTS = 200;
const MAX_AGENT_CHARACTERS = 200;

/** Counters by what makes requests alike, and the requests that may be kept one by one by the counter they are in. */
const counts = new Map<string, Omit<Rejection, "kept">>();
const requests = new Map<NewRefusedRequest, string>();
const flushing = new DelayedFlush();

/** Forgets what was counted and not written yet, as a new isolate would. */
export function forgetRejections(): void {
  counts.clear();
  requests.clear();
  flushing.forget();
}

/** A refused request. */
export interface Refused {
  /** The source in the URL; only as long as it may be shown. */
  readonly source: string;
  readonly reason: string;
  readonly code: ProblemCode;
  /** Where the vendor has it. */
  readonly kind?: string | undefined;
  /** Where a key stood that nobody looks at: names of places. */
  readonly came?: readonly string[] | undefined;
  /** What makes it like others: requests that agree in it are counted together. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** Length and digest of its body; those of the last request stand for all that are alike. */
  readonly body?: { readonly bytes: number; readonly sha256: string } | undefined;
  readonly liveKeys: LiveKeys;
}

/** Counts a refused request and keeps it, if there is room; those of a second are written together, behind the response. */
export function noteRejection(refused: Refused, inbound: InboundRequest): void {
  const { now, env, defer } = inbound;
  const counter = count(refused, now);
  if (requests.size < MAX_REQUESTS) requests.set(toRequest(refused, inbound), counter);
  flushing.schedule((due) => flush(env.LOG, due), defer, now);
}

function count({ source, reason, detail, body }: Refused, now: number): string {
  const day = dayOf(now);
  const known = reason !== "unknown_source";
  const row = {
    day,
    source: known ? source : nameUnknown(source),
    reason,
    detail: JSON.stringify(counts.size < MAX_COUNTERS ? detail : {}),
  };
  const name = JSON.stringify(row);
  counts.set(name, { ...row, ...body, times: (counts.get(name)?.times ?? 0) + 1, last: now });
  return name;
}

/** A sender who makes up ids must not fill the log with them. */
function nameUnknown(name: string): string {
  const names = new Set([...counts.values()].flatMap((row) => (row.reason === "unknown_source" ? row.source : [])));
  return name !== "" && (names.has(name) || names.size < MAX_UNKNOWN) ? name : "*";
}

function toRequest(refused: Refused, inbound: InboundRequest): NewRefusedRequest {
  const { source, reason, code, kind, body, came, liveKeys } = refused;
  const { agent, address } = inbound.sender();
  return {
    request: inbound.instance(),
    lot: reason === "unknown_source" ? "*" : source,
    source: source === "" ? "*" : source,
    kind: kind ?? null,
    reason,
    status: httpStatusOf(code),
    bytes: body?.bytes ?? null,
    agent: agent === undefined ? null : liveKeys.blank(agent).slice(0, MAX_AGENT_CHARACTERS),
    address: address === undefined ? null : addressPart(address),
    came: came?.join(", ") ?? null,
  };
}

async function flush(log: D1Database, now: number): Promise<void> {
  const rejections = [...counts];
  const several = [...requests];
  counts.clear();
  requests.clear();
  try {
    const kept = await keep(
      log,
      several.map(([request]) => request),
      now,
    );
    const keptIn = several.flatMap(([{ request }, counter]) => (kept.has(request) ? counter : []));
    await addRejections(
      log,
      rejections.map(([name, row]) => ({ ...row, kept: keptIn.filter((counter) => counter === name).length })),
    );
  } catch {
    logLine("warn", "rejections.not_kept", { rows: rejections.length });
  }
}

/** Counters are written also where the requests themselves are not. */
async function keep(log: D1Database, several: readonly NewRefusedRequest[], now: number): Promise<ReadonlySet<string>> {
  try {
    return await addRefusedRequests(log, several, now);
  } catch {
    logLine("warn", "refused_requests.not_kept", { rows: several.length });
    return new Set();
  }
}
