import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";

/** On a busy machine the runtime has been seen to keep what was written just before. */
const MAX_TRIES = 10;

/** Empties every binding, and looks whether it is so. */
export async function clearBindings(): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    await reset();
    if (await areEmpty()) return;
  }
  throw new Error("the bindings of the test before cannot be emptied");
}

async function areEmpty(): Promise<boolean> {
  const [tables, ...lists] = await Promise.all([
    env.LOG.prepare("SELECT name FROM sqlite_master WHERE name IN ('event', 'document')").all(),
    env.CONFIG.list({ limit: 1 }),
    env.PERMISSIONS.list({ limit: 1 }),
  ]);
  return tables.results.length === 0 && lists.every(({ keys }) => keys.length === 0);
}
