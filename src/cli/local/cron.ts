import type { Miniflare } from "miniflare";

import { unstable_readConfig } from "wrangler";
import { inProject } from "./project-path.ts";

const MINUTE = 60_000;

/**
 * Fires the triggers of each minute once now and then at each full minute, as production does; the local runtime never would.
 * @returns stops it
 */
export async function startCron(relay: Miniflare): Promise<() => void> {
  const worker = await relay.getWorker();
  const crons: readonly string[] = unstable_readConfig({ config: inProject("wrangler.toml") }).triggers.crons ?? [];
  const eachMinute = crons.filter((cron) => cron === "* * * * *");
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const tick = async () => {
    if (stopped) return;
    timer = setTimeout(tick, MINUTE - (Date.now() % MINUTE));
    for (const cron of eachMinute) await worker.scheduled({ cron, scheduledTime: new Date() }).catch(ignoreWhenStopped);
  };
  const ignoreWhenStopped = (error: unknown) => {
    if (!stopped) throw error;
  };
  await tick();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
