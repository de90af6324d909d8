import { type Addition, addToTally } from "./tally.ts";

/** An event with how its first attempts ended. */
export interface SettledEvent {
  readonly receipt: string;
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string | undefined;
  /** Other subjects under which it is found. */
  readonly mentions?: readonly string[] | undefined;
  readonly time: string;
  readonly key: string;
  readonly due: number;
  readonly results: object;
  /** The frozen event, deflated. */
  readonly body: Uint8Array;
}

/** A delivery that its first attempt did not settle, or that it gave up. */
export interface OpenDelivery {
  readonly receipt: string;
  readonly destination: string;
  readonly source: string;
  readonly type: string;
  readonly state: "waiting" | "dead" | "expired";
  readonly attempt: number;
  readonly next: number | null;
  readonly since: number;
  readonly reason: string | null;
  readonly attempts: readonly object[];
}

export interface Duplicate {
  readonly receipt: string;
  readonly id: string;
  readonly first: string;
  readonly source: string;
}

export interface Failure {
  readonly receipt: string;
  readonly source: string;
  readonly reason: string;
  readonly message: string;
}

/** All that a batch of webhooks came to. */
export interface Settlement {
  readonly events: readonly SettledEvent[];
  readonly deliveries: readonly OpenDelivery[];
  readonly duplicates: readonly Duplicate[];
  readonly failures: readonly Failure[];
  readonly additions: readonly (Addition & { readonly receipt: string })[];
  /** Receipts whose bodies lay in the spool. */
  readonly spooled: readonly string[];
}

const NOT_YET_SETTLED = `NOT EXISTS (SELECT 1 FROM event WHERE receipt = value ->> 'receipt')
  AND NOT EXISTS (SELECT 1 FROM duplicate WHERE receipt = value ->> 'receipt')
  AND NOT EXISTS (SELECT 1 FROM failure WHERE receipt = value ->> 'receipt')`;

/**
 * Writes a batch down in one transaction. Doing it again changes nothing: what stands is kept, and nothing is counted
 * twice. Rejects when the log cannot be written.
 */
export async function settle(log: D1Database, settlement: Settlement): Promise<void> {
  const { events, deliveries, duplicates, failures, additions, spooled } = settlement;
  await log.batch([
    addToTally(log, additions, NOT_YET_SETTLED),
    ...events.map((event) => insertEvent(log, event)),
    ...insertMentions(log, events),
    // Written already, unless the log could not be reached when the events were claimed.
    ...insertAll(log, "claim", claimsOf(events), ["id", "receipt"]),
    ...insertAll(log, "delivery", deliveries, DELIVERY_COLUMNS),
    ...insertAll(log, "duplicate", duplicates, ["receipt", "id", "first", "source"]),
    ...insertAll(log, "failure", failures, ["receipt", "source", "reason", "message"], NOT_YET_SETTLED),
    ...(spooled.length === 0
      ? []
      : [
          log
            .prepare("DELETE FROM spool WHERE receipt IN (SELECT value FROM json_each(?1))")
            .bind(JSON.stringify(spooled)),
        ]),
  ]);
}

const DELIVERY_COLUMNS = [
  "receipt",
  "destination",
  "run",
  "source",
  "type",
  "state",
  "attempt",
  "next",
  "since",
  "reason",
  "attempts",
] as const;

/** The statement that writes an event down, unless it stands there already. */
export function insertEvent(log: D1Database, event: SettledEvent): D1PreparedStatement {
  const { receipt, id, source, type, subject = null, time, key, due, results, body } = event;
  return log
    .prepare(
      `INSERT INTO event (receipt, id, source, type, subject, time, key, due, results, body)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING`,
    )
    .bind(receipt, id, source, type, subject, time, key, due, JSON.stringify(results), body);
}

/** The statement, if one is needed, that makes events found by other subjects than their own. */
export function insertMentions(
  log: D1Database,
  events: readonly Pick<SettledEvent, "receipt" | "source" | "mentions">[],
): D1PreparedStatement[] {
  const rows = events.flatMap(({ receipt, source, mentions = [] }) =>
    mentions.map((subject) => ({ receipt, subject, source })),
  );
  return insertAll(log, "mention", rows, ["receipt", "subject", "source"]);
}

function claimsOf(events: readonly SettledEvent[]) {
  return events.map(({ id, receipt }) => ({ id, receipt }));
}

function insertAll(
  log: D1Database,
  table: string,
  rows: readonly object[],
  columns: readonly string[],
  condition = "true",
) {
  if (rows.length === 0) return [];
  const values = columns.map((column) => (column === "run" ? "0" : `value ->> '${column}'`));
  return [
    log
      .prepare(
        `INSERT INTO ${table} (${columns.join(", ")}) SELECT ${values.join(", ")} FROM json_each(?1) WHERE ${condition}
         ON CONFLICT DO NOTHING`,
      )
      .bind(JSON.stringify(rows)),
  ];
}
