import { withTimeLimit } from "./time-limit.ts";

/** A queue was seen to hang for a minute before it refused; nobody may wait so long. */
const LIMIT_MS = 2000;

/** A queue did not answer in time; it may have taken what was sent all the same. */
export class QueueHangsError extends Error {
  override readonly name = "QueueHangsError";
}

/** Waits for a queue to take what is sent. Rejects when it refuses, and with a QueueHangsError when it hangs. */
export async function sendInTime(sending: Promise<unknown>): Promise<void> {
  const sent = await withTimeLimit(sending, LIMIT_MS);
  if (sent.ok) return;
  throw sent.reason === "timeout" ? new QueueHangsError() : new Error("the queue refused it");
}
