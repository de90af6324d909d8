import { describeError } from "../log/describe-error.ts";
import { logLine } from "../log/line.ts";
import { deliver } from "./deliver.ts";
import { fanOut } from "./fan-out.ts";
import { rescue } from "./rescue.ts";

const AGAIN = 30;

/** Takes a batch of any of the queues. Never throws: what went wrong comes again. */
export async function consume(batch: MessageBatch, env: Env, behind: (work: Promise<unknown>) => void): Promise<void> {
  try {
    if (batch.queue.endsWith("-retries")) await deliver(batch, env, behind);
    else if (batch.queue.endsWith("-dead")) await rescue(batch, env);
    else await fanOut(batch, env, behind);
  } catch (error) {
    logLine("error", "queue.failed", { queue: batch.queue, error: describeError(error) });
    batch.retryAll({ delaySeconds: AGAIN });
  }
}
