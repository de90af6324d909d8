import type { Column } from "../parts/table.tsx";
import type { Line } from "./told.ts";

/** The columns of a line of the ledger, from in to out. */
export function lineColumns<Row extends Line>(): Column<Row>[] {
  return [
    number("Accepted", ({ webhooks }) => webhooks.accepted),
    number("Events", ({ webhooks }) => webhooks.events),
    number("Duplicates", ({ webhooks }) => webhooks.duplicates),
    number("Failed", ({ webhooks }) => webhooks.failed),
    number("Unrouted", ({ webhooks }) => webhooks.unrouted),
    number("Due", ({ deliveries, replays }) => deliveries.due + replays.due),
    number("Delivered", ({ deliveries, replays }) => deliveries.delivered + replays.delivered),
    number("Dead", ({ deliveries, replays }) => deliveries.dead + replays.dead),
    number("Expired", ({ deliveries, replays }) => deliveries.expired + replays.expired),
    number("Waiting", ({ deliveries, replays }) => deliveries.waiting + replays.waiting),
    number("Logins", ({ logins }) => logins.decided),
    number("Questions", ({ questions }) => questions.asked),
    { name: "Balanced", cell: (line) => (isEven(line) ? "yes" : "no") },
  ];
}

/** Whether every webhook has become something, and every delivery has one end. */
function isEven({ webhooks, deliveries, replays }: Line): boolean {
  const { accepted, events, duplicates, failed } = webhooks;
  const ends = [deliveries, replays].every(
    ({ due, delivered, dead, expired, waiting }) => due === delivered + dead + expired + waiting,
  );
  return ends && accepted === events + duplicates + failed;
}

function number<Row>(name: string, cell: (row: Row) => number): Column<Row> {
  return { name, cell, isNumber: true };
}
