import * as z from "zod";
import type { HookEvent } from "../../events/envelope.ts";
import { isObject } from "../../events/json.ts";
import { sortRows } from "../../platform/d1/sort-rows.ts";
import { type StoredText, unpackEvent } from "./pack.ts";

/** A packed text. D1 gives bytes as a list of numbers, eight times as large as they are. */
export const packed = z
  .custom<StoredText>((value) => typeof value === "string" || Array.isArray(value))
  .nullable()
  .catch(null);
const row = z.object({ receipt: z.string(), body: packed, raw: packed });

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
    .prepare("SELECT receipt, body, raw FROM event WHERE receipt IN (SELECT value FROM json_each(?1))")
    .bind(JSON.stringify(receipts))
    .all();
  const found = new Map<string, HookEvent | "unreadable">();
  for (const { receipt, body, raw } of sortRows(row, results).read) found.set(receipt, await thaw(body, raw));
  return found;
}

/** The events of some receipts without what was received, as far as they can be read. */
export async function readWithoutRaw(
  log: D1Database,
  receipts: readonly string[],
): Promise<ReadonlyMap<string, HookEvent>> {
  const { results } = await log
    .prepare("SELECT receipt, body FROM event WHERE receipt IN (SELECT value FROM json_each(?1))")
    .bind(JSON.stringify(receipts))
    .all();
  const found = new Map<string, HookEvent>();
  for (const { receipt, body } of sortRows(row.omit({ raw: true }), results).read) {
    const event = await thaw(body, null);
    if (event !== "unreadable") found.set(receipt, event);
  }
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

/** An event from the columns of its row. */
export async function thaw(body: StoredText | null, raw: StoredText | null): Promise<HookEvent | "unreadable"> {
  try {
    return frozen.parse(await unpackEvent(body ?? "", raw ?? undefined));
  } catch {
    return "unreadable";
  }
}
