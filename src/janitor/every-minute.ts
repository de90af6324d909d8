import { loadRelay } from "../config/load-relay.ts";
import { fullBytes, requestsAllowed } from "../config/plan.ts";
import { removeAgents } from "../log/agents.ts";
import { noteBeats } from "../log/beats.ts";
import { foldTally } from "../log/ledger/fold.ts";
import { foldMarks } from "../log/marks/fold.ts";
import { removeOlder } from "../log/retention.ts";
import { LOG_LIMIT_MS, LogHangsError, logInTime } from "../platform/d1/in-time.ts";
import { describeError } from "../platform/describe-error.ts";
import { logLine } from "../platform/log-line.ts";
import { lookupIn } from "../platform/lookup.ts";
import { DAY_MS, dayOf, HOUR_MS } from "../platform/time/instant.ts";
import { withTimeLimit } from "../platform/time-limit.ts";
import type { TracedWork } from "../platform/work.ts";
import { DATED_WINDOW_MS } from "../vendors/windows.ts";
import { callHeld } from "./call-held.ts";
import { drainSpool } from "./drain-spool.ts";
import { keepMaps } from "./keep-maps.ts";
import { Requests } from "./requests.ts";
import { tellHead } from "./tell-head.ts";
import { tendReplays } from "./tend-replays.ts";
import type { Tick } from "./tick.ts";
import { wakeOverdue } from "./wake-overdue.ts";
import { watchIncidents } from "./watch-incidents.ts";

/** A repeated webhook may wait in a queue for so long before its event is looked for. */
const WAITED_MS = 2 * DAY_MS;
/** Whatever is the same event as another finds that one still kept. */
const CLAIMS_KEPT_MS = DATED_WINDOW_MS + WAITED_MS;
const MINUTE_MS = 60_000;

/** Where a second duty waits for the log in vain, all would. */
const MAX_HUNG = 2;
/** Work in steps takes this many at most. */
const MAX_STEPS = 10;
/** Removing asks the log this often in one step; the rest is spared for other duties. */
const REQUESTS_PER_STEP = 9;
/** Folding asks it this often in one. */
const REQUESTS_PER_FOLD = 6;
const SPARED_REQUESTS = 60;

/** Neither is urgent, and both together would leave the spool nothing: one minute of so many is for the counters. */
const TALLY_EACH_MINUTES = 5;
const TALLY_MINUTE = 3;

type Duty = readonly [name: string, work: (tick: Tick) => Promise<unknown>];

const retention: Duty = ["retention", removeOld];
const tally: Duty = ["tally", tidyCounts];
const incidents: Duty = ["incidents", watchIncidents];
/** Each of them makes few requests, however much there is to do. */
const always: readonly Duty[] = [
  ["overdue", wakeOverdue],
  ["held", callHeld],
  ["replays", (tick) => tendReplays(tick, tick.now - CLAIMS_KEPT_MS)],
  ["permissions", keepMaps],
  ["audit", tellHead],
  ["beat", ({ env, now }) => noteBeats(env.LOG, ["cron"], now)],
];

/**
 * Each minute: wakes what overslept, keeps the documents, removes what is old, and hands in what waits for the queue with
 * as many requests as are left. The duties take turns in being the first.
 */
export async function tend({ env, now, defer, inSpan }: TracedWork): Promise<void> {
  const requests = new Requests();
  const briefly = (work: Promise<unknown>) => defer(withTimeLimit(work, LOG_LIMIT_MS));
  // Each duty asks the log anew: that one waits in vain does not keep the others from asking.
  const timed = () => ({ ...env, LOG: logInTime(env.LOG, (statements) => requests.count(statements)) });
  requests.count(1);
  const loaded = await loadRelay({ env: timed(), now, defer: briefly });
  const relay = loaded.state === "ready" ? loaded.value : undefined;
  requests.allow(requestsAllowed(relay?.plan, lookupIn(env)) ?? 0);
  const minute = Math.floor(now / MINUTE_MS);
  const duties = [...always, minute % TALLY_EACH_MINUTES === TALLY_MINUTE ? tally : retention];
  const first = minute % duties.length;
  const inTurn = [...duties.slice(first), ...duties.slice(0, first)];
  const drain: Duty = ["spool", (tick) => drainSpool(tick.env.LOG, env.EVENTS, now, requests)];
  // It can wait: what is in no block is found as well, only slower.
  const marks: Duty = ["marks", foldAll];
  const tick = () => ({ env: timed(), relay, defer: briefly, now, requests, inSpan });
  let hung = 0;
  const tendAll = async (some: readonly Duty[]) => {
    for (const duty of some) {
      if (hung >= MAX_HUNG) return;
      if ((await tendTo(duty, tick())) === "hung") hung += 1;
    }
  };
  await tendAll(inTurn);
  // Whatever hangs: somebody is to be told of that, too.
  await tendTo(incidents, tick());
  await tendAll([drain, marks]);
}

/** Moves the counters of closed hours, and removes agents who are long gone: they are all looked at, so once an hour. */
async function tidyCounts({ env, now }: Tick): Promise<void> {
  await foldTally(env.LOG, now);
  const isFirst = now % HOUR_MS < TALLY_EACH_MINUTES * MINUTE_MS;
  if (isFirst) await removeAgents(env.LOG, dayOf(now - CLAIMS_KEPT_MS)).run();
}

/** The steps that one tick has requests for. */
function removeOld({ env, relay, now, requests }: Tick): Promise<void> {
  const steps = Math.max(1, Math.floor((requests.left - SPARED_REQUESTS) / REQUESTS_PER_STEP));
  return removeOlder(env.LOG, {
    before: now - CLAIMS_KEPT_MS,
    now,
    full: fullBytes(relay?.plan),
    steps: Math.min(steps, MAX_STEPS),
  });
}

/** Puts what came since into the blocks of marks, with the requests that nobody else needed. */
async function foldAll({ env, now, requests }: Tick): Promise<void> {
  const minute = Math.floor(now / MINUTE_MS);
  for (let step = 0; step < MAX_STEPS && requests.left >= REQUESTS_PER_FOLD; step++) {
    if (!(await foldMarks(env.LOG, now, minute + step))) return;
  }
}

/** One duty; that it fails does not keep the others from being done. */
async function tendTo([duty, work]: Duty, tick: Tick): Promise<"done" | "failed" | "hung"> {
  try {
    await tick.inSpan(`janitor.${duty}`, () => work(tick));
    return "done";
  } catch (error) {
    logLine("error", "janitor.failed", { duty, error: describeError(error) });
    return error instanceof LogHangsError ? "hung" : "failed";
  }
}
