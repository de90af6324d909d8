import { withTimeLimit } from "../config/time-limit.ts";

/** A queue was seen to hang for a minute before it refused; nobody may wait so long. Milliseconds. */
const LIMIT = 2000;

/** Waits for a queue to take what is sent. Rejects when it does not in time; it may have it all the same. */
export async function inTime(sending: Promise<unknown>): Promise<void> {
  const sent = await withTimeLimit(sending, LIMIT);
  if (!sent.ok) throw new Error(`the queue did not take it: ${sent.reason}`);
}
