import type { Miniflare } from "miniflare";
import { unstable_readConfig } from "wrangler";
import { describeError } from "../../../platform/describe-error.ts";
import { inProject } from "../project-path.ts";

const MINUTE_MS = 60_000;

/**
 * Fires the triggers of each minute once now and then at each full minute, as production does; the local runtime never
 * would. A tick that fails is told to `onFault`: the next one comes all the same.
 * @returns stops it
 */
export async function startCron(relay: Miniflare, onFault: (message: string) => void): Promise<() => void> {
  const crons: readonly string[] = unstable_readConfig({ config: inProject("wrangler.toml") }).triggers.crons ?? [];
  const eachMinute = crons.filter((cron) => cron === "* * * * *");
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const fire = async (cron: string) => {
    // A Worker that was built anew is another one.
    const worker = await relay.getWorker();
    await worker.scheduled({ cron, scheduledTime: new Date() });
  };
  const tick = async () => {
    if (stopped) return;
    timer = setTimeout(tick, MINUTE_MS - (Date.now() % MINUTE_MS));
    for (const cron of eachMinute) {
      await fire(cron).catch((error: unknown) => {
        if (!stopped) onFault(`cron: ${describeError(error)}`);
      });
    }
  };
  await tick();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
