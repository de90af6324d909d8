import * as z from "zod";
import type { HookEvent } from "../../events/envelope.ts";
import { isObject, parseJson } from "../../events/json.ts";
import { sortRows } from "../../platform/d1/sort-rows.ts";
import { inflate } from "../../platform/deflate.ts";

const row = z.object({ receipt: z.string(), body: z.custom<number[]>(Array.isArray).nullable().catch(null) });

/**
 * An event goes on as it was frozen: the order of its members is part of the bytes that are signed, and what its type
 * has today, or had in another version, is none of the log's business.
 */
const frozen = z.custom<HookEvent>((value) => isObject(value) && typeof value.id === "string");

/** The frozen events of some receipts. `unreadable`: the log has it, but nobody can read it. */
export async function readFrozen(
  log: D1Database,
  receipts: readonly string[],
): Promise<ReadonlyMap<string, HookEvent | "unreadable">> {
  const { results } = await log
    .prepare("SELECT receipt, body FROM event WHERE receipt IN (SELECT value FROM json_each(?1))")
    .bind(JSON.stringify(receipts))
    .all();
  const found = new Map<string, HookEvent | "unreadable">();
  for (const { receipt, body } of sortRows(row, results).read) found.set(receipt, await thaw(body));
  return found;
}

/** The frozen events of some receipts, as far as they can be read. */
export async function readEvents(
  log: D1Database,
  receipts: readonly string[],
): Promise<ReadonlyMap<string, HookEvent>> {
  const found = await readFrozen(log, receipts);
  return new Map([...found].flatMap(([receipt, event]) => (event === "unreadable" ? [] : [[receipt, event]])));
}

/** D1 gives bytes as a list of numbers, eight times as large as they are. */
async function thaw(body: readonly number[] | null): Promise<HookEvent | "unreadable"> {
  try {
    return frozen.parse(parseJson(await inflate(Uint8Array.from(body ?? []))));
  } catch {
    return "unreadable";
  }
}
