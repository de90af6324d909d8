import * as z from "zod";
import { agentOf } from "../../events/agent-of.ts";
import type { HookEvent } from "../../events/envelope.ts";
import type { EventId } from "../../events/event-id.ts";
import { type BegunBy, insertReplays, type Replay } from "../deliveries/replays.ts";
import { insertLateMarks } from "../marks/late.ts";
import { insertEvent } from "./insert-events.ts";
import type { PackedEvent } from "./pack.ts";
import { insertMentions } from "./settle.ts";

/** An event that takes the place of one that was read wrong. No webhook brought it, so it counts as none. */
export interface Correction {
  readonly receipt: string;
  readonly id: EventId;
  readonly source: string;
  /** The reference that proved the webhook. */
  readonly key: string;
  /** Id of the event before. */
  readonly corrects: EventId;
  readonly event: HookEvent;
  /** Other subjects under which it is found. */
  readonly mentions: readonly string[];
  /** What it may be found by, in hex. */
  readonly marks: string;
  /** The event as its row has it. */
  readonly packed: PackedEvent;
}

const claimRow = z.object({ id: z.string() });

/** Which of these corrections were made before. Rejects when the log cannot be read. */
export async function knownCorrections(log: D1Database, ids: readonly EventId[]): Promise<ReadonlySet<string>> {
  const { results } = await log
    .prepare("SELECT id FROM claim WHERE id IN (SELECT value FROM json_each(?1))")
    .bind(JSON.stringify(ids))
    .all();
  return new Set(
    z
      .array(claimRow)
      .parse(results)
      .map(({ id }) => id),
  );
}

/**
 * The statements that write corrections down with their deliveries, for one transaction; the last returns the deliveries.
 * They fail when somebody else has made one of these corrections.
 */
export function insertCorrections(
  log: D1Database,
  corrections: readonly Correction[],
  replays: readonly Replay[],
  now: number,
  begunBy: BegunBy = {},
): D1PreparedStatement[] {
  const rows = JSON.stringify(corrections.map(({ receipt, id, corrects }) => ({ receipt, id, corrects })));
  return [
    log.prepare("INSERT INTO claim SELECT value ->> 'id', value ->> 'receipt' FROM json_each(?1)").bind(rows),
    log
      .prepare(
        `INSERT INTO correction (receipt, id, corrects)
         SELECT value ->> 'receipt', value ->> 'id', value ->> 'corrects' FROM json_each(?1)`,
      )
      .bind(rows),
    ...corrections.map(({ receipt, id, source, key, event, marks, packed }) =>
      insertEvent(log, {
        receipt,
        id,
        source,
        type: event.type,
        subject: event.subject,
        agent: agentOf(event),
        time: event.time,
        key,
        due: 0,
        results: {},
        marks,
        ...packed,
      }),
    ),
    ...insertLateMarks(log, corrections),
    ...insertMentions(log, corrections),
    ...insertReplays(log, replays, now, begunBy),
  ];
}
