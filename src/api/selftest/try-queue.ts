import type { BeatCall } from "../../delivery/wake-up.ts";
import { readBeats } from "../../log/beats.ts";
import { sendInTime } from "../../platform/send-in-time.ts";
import type { Work } from "../../platform/work.ts";
import { awaitValue } from "./step.ts";

/** Sends a queue a message, and waits until its consumer has seen it. */
export async function tryQueue(name: BeatCall["beat"], queue: Queue, { env, now }: Work): Promise<string | undefined> {
  await sendInTime(queue.send({ v: 1, beat: name } satisfies BeatCall));
  const seen = await awaitValue(async () => {
    const at = (await readBeats(env.LOG)).get(name) ?? 0;
    return at >= now ? at : undefined;
  });
  return seen === undefined ? "it is not consumed" : undefined;
}
