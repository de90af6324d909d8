import { loadRelay } from "../../config/load-relay.ts";
import { readReplay } from "../../log/replays/replay.ts";
import { describeError } from "../../platform/describe-error.ts";
import { logLine } from "../../platform/log-line.ts";
import type { Work } from "../../platform/work.ts";
import type { CalledReplay } from "../batch/receive-messages.ts";
import { retryLater } from "../requeue/put-off.ts";
import { callReplays } from "../wake-up.ts";
import { turnPage } from "./turn-page.ts";

/** Requests that a page makes at most, of those that an invocation may make. */
export const REQUESTS_PER_PAGE = 30;
/** A call that was delivered this often is left to cron. */
const MAX_DELIVERIES = 3;
/** One invocation turns one page: another replay's comes in a batch of its own. */
const NEXT_BATCH_SECONDS = 1;

/** Turns the page that the first of these calls is about; the others come again. Never rejects. */
export async function takeReplays([first, ...others]: readonly CalledReplay[], work: Work): Promise<void> {
  for (const { queued } of others) queued.retry({ delaySeconds: NEXT_BATCH_SECONDS });
  if (first === undefined) return;
  const { queued, call } = first;
  try {
    await answerCall(call, work);
    queued.ack();
  } catch (error) {
    logLine("error", "replay.page_failed", { replay: call.replay, error: describeError(error) });
    if (queued.attempts < MAX_DELIVERIES) retryLater(queued);
    else queued.ack();
  }
}

/** A call for a page that was turned already, or of a replay that was cancelled, is obeyed by nobody. */
async function answerCall({ replay: id, step }: CalledReplay["call"], work: Work): Promise<void> {
  const replay = await readReplay(work.env.LOG, id);
  if (replay === undefined || replay.step !== step || replay.due === null) return;
  const loaded = await loadRelay(work);
  if (loaded.state !== "ready") throw new Error("no configuration can be read");
  const turned = await turnPage(replay, loaded.value, work);
  if (turned !== undefined) await callReplays(work.env.RETRIES, [turned], Date.now());
}
