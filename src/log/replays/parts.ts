import * as z from "zod";
import { receipt } from "../../events/receipt.ts";
import { toBulks } from "../../platform/d1/bulk.ts";
import { readJson } from "../../platform/read-json.ts";
import type { ReplayId } from "./id.ts";

const found = z.object({ receipt, to: z.array(z.string()), id: z.string().optional() });
/** An event that a replay found, and where it is to go. `id`: of the event that corrects it, where it is read anew. */
export type FoundForReplay = z.infer<typeof found>;

const row = z.object({ found: z.string().transform(readJson).pipe(z.array(found)) });

/** The statements that keep what a page found as parts, numbered from `first` on. */
export function insertParts(
  log: D1Database,
  replay: ReplayId,
  first: number,
  parts: readonly (readonly FoundForReplay[])[],
): D1PreparedStatement[] {
  return toBulks(parts.map((found, position) => ({ part: first + position, found }))).map((bulk) =>
    log
      .prepare(
        `INSERT INTO replay_part (replay, part, found)
         SELECT ?1, value ->> 'part', value ->> 'found' FROM json_each(?2) WHERE true ON CONFLICT DO NOTHING`,
      )
      .bind(replay, bulk),
  );
}

/** What a part holds, the newest event first. Rejects when the log cannot be read. */
export async function readPart(log: D1Database, replay: ReplayId, part: number): Promise<FoundForReplay[]> {
  const kept = await log
    .prepare("SELECT found FROM replay_part WHERE replay = ?1 AND part = ?2")
    .bind(replay, part)
    .first();
  return kept === null ? [] : row.parse(kept).found;
}

/** The statement that removes a part, which begins in the same transaction. */
export function deletePart(log: D1Database, replay: ReplayId, part: number): D1PreparedStatement {
  return log.prepare("DELETE FROM replay_part WHERE replay = ?1 AND part = ?2").bind(replay, part);
}

/** The statement that removes all parts of a replay that begins no more. */
export function deleteParts(log: D1Database, replay: ReplayId): D1PreparedStatement {
  return log.prepare("DELETE FROM replay_part WHERE replay = ?1").bind(replay);
}
