import { signatureMark } from "../sink/line.ts";
import { columns, paint } from "../terminal.ts";
import { isSettled, type Ledger } from "./ledger.ts";
import type { Outcome } from "./match.ts";

/** What the demo says at its end. */
export function report(outcomes: readonly Outcome[], ledger: Ledger | undefined): string {
  const faults = outcomes.filter(({ fault }) => fault !== undefined).length;
  return [
    paint("bold", "Webhooks and the events they became"),
    ...columns(outcomes.map(row)),
    "",
    paint("bold", "Project Login was answered"),
    ...outcomes.flatMap(({ sent }) => (sent.login === undefined ? [] : [`  ${JSON.stringify(sent.login)}`])),
    "",
    paint("bold", "Ledger"),
    ...ledgerLines(ledger),
    "",
    faults === 0 && ledger !== undefined && isSettled(ledger)
      ? paint("green", `All ${outcomes.length} arrived with a valid signature, and the ledger balances.`)
      : paint("red", `${faults} of ${outcomes.length} did not arrive as they should${ledgerFault(ledger)}.`),
  ].join("\n");
}

function row({ sent, arrival, fault }: Outcome): string[] {
  const name = sent.remark === "" ? sent.sample.name : `${sent.sample.name} (${sent.remark})`;
  return [
    paint("dim", sent.sample.vendor),
    name,
    arrival?.type ?? "-",
    arrival === undefined ? "-" : signatureMark(arrival),
    fault === undefined ? (arrival?.subject ?? "") : paint("red", fault),
  ];
}

function ledgerLines(ledger: Ledger | undefined): string[] {
  if (ledger === undefined) return [paint("red", "  GET /api/ledger does not answer")];
  const line = (name: string, counts: Readonly<Record<string, number>>) => [
    name,
    Object.entries(counts)
      .map(([what, count]) => `${what} ${count}`)
      .join(" · "),
  ];
  return columns([
    line("webhooks", ledger.webhooks),
    line("deliveries", ledger.deliveries),
    ["balanced", ledger.balanced ? paint("green", "yes") : paint("red", "no")],
  ]);
}

function ledgerFault(ledger: Ledger | undefined): string {
  return ledger !== undefined && isSettled(ledger) ? "" : ", or the ledger does not balance";
}
