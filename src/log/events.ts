import * as z from "zod";
import { envelope, type HookEvent } from "../events/envelope.ts";
import { parseJson } from "../events/json.ts";
import { inflate } from "./deflate.ts";

const row = z.object({ receipt: z.string(), body: z.custom<number[]>(Array.isArray) });

/** Checked, but handed on as it was frozen: the order of its members is part of the bytes that are signed. */
const frozen = z.custom<HookEvent>((value) => envelope.safeParse(value).success);

/** The frozen events of some receipts. */
export async function readEvents(
  log: D1Database,
  receipts: readonly string[],
): Promise<ReadonlyMap<string, HookEvent>> {
  const { results } = await log
    .prepare("SELECT receipt, body FROM event WHERE receipt IN (SELECT value FROM json_each(?1))")
    .bind(JSON.stringify(receipts))
    .all();
  const events = z
    .array(row)
    .parse(results)
    .map(
      async ({ receipt, body }): Promise<[string, HookEvent]> => [
        receipt,
        frozen.parse(parseJson(await inflate(new Uint8Array(body)))),
      ],
    );
  return new Map(await Promise.all(events));
}
