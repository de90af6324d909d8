import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import * as z from "zod";
import { readModules } from "../../src/cli/local/build/worker-modules.ts";
import { type LocalEars, type LocalRelay, openLocalRelay } from "../../src/cli/local/open.ts";
import type { LocalSettings } from "../../src/cli/local/settings.ts";
import { findFreePort } from "../cli/free-port.ts";

const ledger = z.looseObject({
  balanced: z.boolean(),
  webhooks: z.record(z.string(), z.number()),
  deliveries: z.record(z.string(), z.number()),
});

/** A whole relay on fresh state: the built Worker, with the configuration and the permissions given. */
export async function openRelay(config: object, permissions: Readonly<Record<string, object>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "hookswitch-e2e-"));
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
  await mkdir(join(folder, "maps"));
  for (const [source, map] of Object.entries(permissions)) {
    await writeFile(join(folder, "maps", `${source}.json`), JSON.stringify(map));
  }
  const logged: string[] = [];
  const relay = await openBuiltRelay(
    {
      port: await findFreePort(),
      sinkPort: await findFreePort(),
      state: join(folder, "state"),
      config: join(folder, "config.json"),
      permissions: join(folder, "maps"),
    },
    { onLog: (_level, message) => void logged.push(message) },
  );
  return {
    ...relay,
    state: join(folder, "state"),
    logged,
    ledger: async () => {
      const headers = { authorization: `Bearer ${relay.adminToken}` };
      return ledger.parse(await (await fetch(`${relay.url}/api/ledger`, { headers })).json());
    },
    close: async () => {
      await relay.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs relay and sink as `npm start` does, on the Worker that was built for all tests. */
export function openBuiltRelay(settings: LocalSettings, ears: Partial<LocalEars> = {}): Promise<LocalRelay> {
  const deaf = { onArrival: () => undefined, onLog: () => undefined };
  return openLocalRelay(settings, { ...deaf, ...ears }, () => readModules(inject("worker")));
}

/** Runs work on each item, a few at a time. */
export async function eachOf<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
