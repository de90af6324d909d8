import type { EventId } from "../../events/event-id.ts";
import { toBulks } from "../../platform/d1/bulk.ts";
import { type Addition, addToTally } from "../ledger/tally.ts";
import { insertLateMarks } from "../marks/late.ts";
import { freeClaims } from "./claim.ts";
import { insertEvents, type SettledEvent } from "./insert-events.ts";

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
  readonly id: EventId;
  readonly first: string;
  readonly source: string;
}

/** A webhook that became no event. `message`: what there is of it. */
export interface Failure {
  readonly receipt: string;
  readonly source: string;
  readonly reason: string;
  readonly message: string;
  /** Ids that it may have claimed before, where they are known. */
  readonly ids?: readonly EventId[] | undefined;
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

/** Whether nobody has settled the webhook yet: only then does it count, and only then has it deliveries. */
const NOT_YET_SETTLED = `NOT EXISTS (SELECT 1 FROM event WHERE receipt = value ->> 'receipt')
  AND NOT EXISTS (SELECT 1 FROM duplicate WHERE receipt = value ->> 'receipt')
  AND NOT EXISTS (SELECT 1 FROM failure WHERE receipt = value ->> 'receipt')`;

/**
 * Records a batch in one transaction. Doing it again changes nothing, also when it has come to something else since:
 * what stands is kept, and nothing is counted twice. What shows that a webhook is settled is therefore written last.
 * Rejects when the log cannot be written.
 */
export async function settle(log: D1Database, settlement: Settlement): Promise<void> {
  const { events, deliveries, duplicates, failures, additions, spooled } = settlement;
  const claims = events.map(({ id, receipt }) => ({ id, receipt }));
  const freed = failures.flatMap(({ ids = [] }) => ids);
  const statements = [
    ...(additions.length === 0 ? [] : [addToTally(log, additions, NOT_YET_SETTLED)]),
    ...insertAll(log, "delivery", deliveries, DELIVERY_COLUMNS, NOT_YET_SETTLED),
    ...insertMentions(log, events, NOT_YET_SETTLED),
    ...insertLateMarks(log, events, NOT_YET_SETTLED),
    // Written already, unless the log could not be reached when the events were claimed.
    ...insertAll(log, "claim", claims, ["id", "receipt"], NOT_YET_SETTLED),
    ...insertEvents(log, events),
    ...insertAll(log, "duplicate", duplicates, ["receipt", "id", "first", "source"], NOT_YET_SETTLED),
    ...insertAll(log, "failure", failures, ["receipt", "source", "reason", "message", "body"], NOT_YET_SETTLED),
    ...(freed.length === 0 ? [] : [freeClaims(log, freed)]),
    ...(spooled.length === 0
      ? []
      : [
          log
            .prepare("DELETE FROM spool WHERE receipt IN (SELECT value FROM json_each(?1))")
            .bind(JSON.stringify(spooled)),
        ]),
  ];
  if (statements.length > 0) await log.batch(statements);
}

/** The settlements of several webhooks as one. */
export function joinSettlements(parts: readonly Settlement[]): Settlement {
  return {
    events: parts.flatMap(({ events }) => events),
    deliveries: parts.flatMap(({ deliveries }) => deliveries),
    duplicates: parts.flatMap(({ duplicates }) => duplicates),
    failures: parts.flatMap(({ failures }) => failures),
    additions: parts.flatMap(({ additions }) => additions),
    spooled: parts.flatMap(({ spooled }) => spooled),
  };
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

/** The statement, if one is needed, that makes events found by other subjects than their own. */
export function insertMentions(
  log: D1Database,
  events: readonly Pick<SettledEvent, "receipt" | "source" | "mentions">[],
  condition = "true",
): D1PreparedStatement[] {
  const rows = events.flatMap(({ receipt, source, mentions = [] }) =>
    mentions.map((subject) => ({ receipt, subject, source })),
  );
  return insertAll(log, "mention", rows, ["receipt", "subject", "source"], condition);
}

/** Columns that are not in the rows given. A failure keeps the body that lay in the spool for it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  run: "0",
  body: "(SELECT body FROM spool WHERE spool.receipt = value ->> 'receipt')",
};

function insertAll(
  log: D1Database,
  table: string,
  rows: readonly object[],
  columns: readonly string[],
  condition: string,
): D1PreparedStatement[] {
  const values = columns.map((column) => ELSEWHERE[column] ?? `value ->> '${column}'`);
  return toBulks(rows).map((bulk) =>
    log
      .prepare(
        `INSERT INTO ${table} (${columns.join(", ")}) SELECT ${values.join(", ")} FROM json_each(?1) WHERE ${condition}
         ON CONFLICT DO NOTHING`,
      )
      .bind(bulk),
  );
}
