import { type Counter, counters } from "./tally.ts";

/** The four ends of a delivery; `due` was frozen when the event was fanned out. */
export interface DeliveryLine {
  readonly due: number;
  readonly delivered: number;
  readonly dead: number;
  readonly expired: number;
  readonly waiting: number;
}

/** What was counted for one source, or for all of them. */
export interface LedgerLine {
  readonly webhooks: { accepted: number; events: number; duplicates: number; failed: number; unrouted: number };
  readonly deliveries: DeliveryLine;
  readonly replays: DeliveryLine;
  readonly logins: { decided: number; granted: number; refused: number };
  /** Questions to responders. */
  readonly questions: { asked: number; answered: number; otherwise: number; refused: number };
}

type Row = Readonly<Record<string, unknown>>;

/** The sum of tallies, counter by counter. */
export function addUp(rows: readonly Row[]): Row {
  return Object.fromEntries(counters.map((name) => [name, rows.reduce((sum, row) => sum + countIn(row, name), 0)]));
}

/** A line of the ledger. What waits is no counter of the tally; left out, it is what the tally says is not settled. */
export function toLine(row: Row, waiting?: { readonly deliveries: number; readonly replays: number }): LedgerLine {
  const get = (name: Counter) => countIn(row, name);
  const [events, duplicates, failed] = [get("events"), get("duplicates"), get("failed")];
  const [asked, answered, otherwise] = [get("questions"), get("answered"), get("otherwise")];
  const deliveries = { due: get("due"), delivered: get("delivered"), dead: get("dead"), expired: get("expired") };
  const replays = {
    due: get("replay_due"),
    delivered: get("replay_delivered"),
    dead: get("replay_dead"),
    expired: get("replay_expired"),
  };
  return {
    webhooks: { accepted: events + duplicates + failed, events, duplicates, failed, unrouted: get("unrouted") },
    deliveries: { ...deliveries, waiting: waiting?.deliveries ?? unsettled(deliveries) },
    replays: { ...replays, waiting: waiting?.replays ?? unsettled(replays) },
    logins: { decided: get("logins"), granted: get("granted"), refused: get("logins") - get("granted") },
    questions: { asked, answered, otherwise, refused: asked - answered - otherwise },
  };
}

/** Whether every delivery that was due has one end. */
export function isBalanced({ waiting, ...line }: DeliveryLine): boolean {
  return unsettled(line) === waiting;
}

function unsettled({ due, delivered, dead, expired }: Omit<DeliveryLine, "waiting">): number {
  return due - delivered - dead - expired;
}

/** A counter of a tally. */
export function countIn(row: Row, name: Counter): number {
  const value = row[name];
  return typeof value === "number" ? value : 0;
}
