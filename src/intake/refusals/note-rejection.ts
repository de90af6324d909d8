import { logLine } from "../../log/line.ts";
import { addRejections, type Rejection } from "../../log/rejections.ts";
import type { Visit } from "../visit.ts";

/** Milliseconds. */
const FLUSH_EVERY = 1000;
/** After this, a flush that did not come has died with its request; milliseconds. */
const FLUSH_LOST = 10_000;
/** Rows of one flush; what goes beyond loses its detail, and unknown ids their name. */
const MAX_ROWS = 200;
const MAX_UNKNOWN = 20;

const counts = new Map<string, Rejection>();
let flushDue = 0;
let flushWaits = false;

/** A refused request, to be counted. */
export interface Refused {
  readonly source: string;
  readonly reason: string;
  /** What makes it like others: requests that agree in it are counted together. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** Of its body; kept of the last of those that are alike. */
  readonly body?: { readonly bytes: number; readonly sha256: string } | undefined;
}

/** Counts a refused request; counts of a second are written together, behind the response. */
export function noteRejection(refused: Refused, visit: Visit): void {
  const { now, env, behind } = visit;
  count(refused, now);
  if (flushWaits && now < flushDue + FLUSH_LOST) return;
  flushDue = Math.min(Math.max(now, flushDue + FLUSH_EVERY), now + FLUSH_EVERY);
  flushWaits = true;
  behind(scheduler.wait(flushDue - now).then(() => flush(env.LOG)));
}

function count({ source, reason, detail, body }: Refused, now: number): void {
  const day = new Date(now).toISOString().slice(0, "YYYY-MM-DD".length);
  const known = reason !== "unknown_source";
  const row = {
    day,
    source: known ? source : nameUnknown(source),
    reason,
    detail: JSON.stringify(counts.size < MAX_ROWS ? detail : {}),
  };
  const name = JSON.stringify(row);
  counts.set(name, { ...row, ...body, times: (counts.get(name)?.times ?? 0) + 1, last: now });
}

/** Whoever makes up ids must not fill the log with them. */
function nameUnknown(name: string): string {
  const names = new Set([...counts.values()].flatMap((row) => (row.reason === "unknown_source" ? row.source : [])));
  return name !== "" && (names.has(name) || names.size < MAX_UNKNOWN) ? name : "*";
}

async function flush(log: D1Database): Promise<void> {
  const rejections = [...counts.values()];
  counts.clear();
  flushWaits = false;
  try {
    await addRejections(log, rejections);
  } catch {
    logLine("warn", "rejections.not_kept", { rows: rejections.length });
  }
}
