import type { Miniflare } from "miniflare";

const MINUTE = 60_000;

/** Fires the triggers once now and then at each full minute, as production does; the local runtime never would. */
export async function startCron(relay: Miniflare, crons: readonly string[]): Promise<void> {
  const worker = await relay.getWorker();
  const tick = async () => {
    setTimeout(tick, MINUTE - (Date.now() % MINUTE)).unref();
    for (const cron of crons) await worker.scheduled({ cron, scheduledTime: new Date() });
  };
  await tick();
}
