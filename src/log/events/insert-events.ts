import type { NamedAgent } from "../../events/agent-of.ts";
import type { EventId } from "../../events/event-id.ts";
import { toBulks } from "../../platform/d1/bulk.ts";
import { toHex } from "../../platform/text/hex.ts";
import { classOf } from "./class.ts";
import { type PackedText, packedBytes } from "./pack.ts";

/** An event with how its first attempts ended. */
export interface SettledEvent {
  readonly receipt: string;
  readonly id: EventId;
  readonly source: string;
  readonly type: string;
  readonly subject: string | undefined;
  /** Whom lists show as its agent. */
  readonly agent?: NamedAgent | undefined;
  /** Other subjects under which it is found. */
  readonly mentions?: readonly string[] | undefined;
  readonly time: string;
  readonly key: string;
  readonly due: number;
  readonly results: object;
  /** Length of the frozen event, so that it is known before it is read; 0 where it is not. */
  readonly size?: number | undefined;
  /** What it may be found by, in hex. */
  readonly marks?: string | undefined;
  /** The frozen event without what was received. */
  readonly body: PackedText;
  /** What was received. */
  readonly raw?: PackedText | undefined;
}

/** The statement that writes an event down, unless it, or another end of its webhook, stands there already. */
export function insertEvent(log: D1Database, event: SettledEvent): D1PreparedStatement {
  const { receipt, id, source, type, subject = null, agent, time, key, due, results, size = 0, marks = "" } = event;
  return log
    .prepare(
      `INSERT INTO event (receipt, id, source, type, subject, time, key, due, results, class, size, marks, body, raw,
         agent)
       SELECT * FROM (VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, nullif(unhex(?12), x''), ?13, ?14, ?15))
       WHERE NOT EXISTS (SELECT 1 FROM duplicate WHERE receipt = ?1)
         AND NOT EXISTS (SELECT 1 FROM failure WHERE receipt = ?1)
       ON CONFLICT DO NOTHING`,
    )
    .bind(
      receipt,
      id,
      source,
      type,
      subject,
      time,
      key,
      due,
      JSON.stringify(results),
      classOf(type),
      size,
      marks,
      event.body,
      event.raw ?? null,
      agent === undefined ? null : JSON.stringify(agent),
    );
}

/** An event whose packed texts have more bytes has a statement of its own: in hex they are twice as long. */
const MAX_JOINED_BYTES = 100_000;

/** The statements that write events down, on the same terms: one for all that are not large. */
export function insertEvents(log: D1Database, events: readonly SettledEvent[]): D1PreparedStatement[] {
  const isLarge = ({ body, raw }: SettledEvent) => packedBytes(body) + packedBytes(raw) > MAX_JOINED_BYTES;
  const rows = events.filter((event) => !isLarge(event)).map(toRow);
  return [
    ...toBulks(rows).map((bulk) => log.prepare(INSERT_EVENTS).bind(bulk)),
    ...events.filter(isLarge).map((event) => insertEvent(log, event)),
  ];
}

function toRow({ results, type, agent, body, raw, mentions: _, ...columns }: SettledEvent) {
  const printed = { results: JSON.stringify(results), agent: agent && JSON.stringify(agent) };
  const texts = { ...inRow("body", body), ...(raw === undefined ? {} : inRow("raw", raw)) };
  return { ...columns, ...printed, type, class: classOf(type), ...texts };
}

function inRow(name: string, packed: PackedText): Readonly<Record<string, string>> {
  return typeof packed === "string" ? { [name]: packed } : { [`${name}Hex`]: toHex(packed) };
}

const PLAIN_COLUMNS = ["receipt", "id", "source", "type", "subject", "time", "key", "due", "results", "class", "agent"];
const INSERT_EVENTS = `INSERT INTO event (${PLAIN_COLUMNS.join(", ")}, size, marks, body, raw)
  SELECT ${PLAIN_COLUMNS.map((column) => `value ->> '${column}'`).join(", ")}, coalesce(value ->> 'size', 0),
    nullif(unhex(value ->> 'marks'), x''),
    coalesce(value ->> 'body', unhex(value ->> 'bodyHex')), coalesce(value ->> 'raw', unhex(value ->> 'rawHex'))
  FROM json_each(?1)
  WHERE NOT EXISTS (SELECT 1 FROM duplicate WHERE receipt = value ->> 'receipt')
    AND NOT EXISTS (SELECT 1 FROM failure WHERE receipt = value ->> 'receipt')
  ON CONFLICT DO NOTHING`;
