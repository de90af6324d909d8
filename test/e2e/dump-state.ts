import type { Miniflare } from "miniflare";
import { vi } from "vitest";
import * as z from "zod";
import { openStore } from "../../src/cli/local/runtime/worker.ts";
import { inflate } from "../../src/platform/deflate.ts";

const names = z.array(z.object({ name: z.string() }));
const rows = z.array(z.record(z.string(), z.unknown()));

/**
 * Everything in D1, deflated bodies opened, and every key in KV; but not the documents that hold the keys themselves. The
 * runtime that has just ended may hold the database for a moment more.
 */
export function dumpState(state: string): Promise<string> {
  return vi.waitFor(() => dumpOnce(state), { timeout: 60_000, interval: 500 });
}

async function dumpOnce(state: string): Promise<string> {
  const store: Miniflare = await openStore(state);
  try {
    const log = await store.getD1Database("LOG");
    const tables = names.parse(
      (await log.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()).results,
    );
    const texts: string[] = [];
    for (const { name } of tables.filter((table) => !table.name.startsWith("_cf") && table.name !== "document")) {
      for (const row of rows.parse((await log.prepare(`SELECT * FROM "${name}"`).all()).results)) {
        const { body, ...rest } = row;
        texts.push(JSON.stringify(rest), Array.isArray(body) ? await inflate(Uint8Array.from(body)) : String(body));
      }
    }
    for (const name of ["CONFIG", "PERMISSIONS"]) {
      const { keys } = await (await store.getKVNamespace(name)).list();
      texts.push(JSON.stringify(keys));
    }
    return texts.join("\n");
  } finally {
    await store.dispose();
  }
}
