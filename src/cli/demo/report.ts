import { signatureMark } from "../sink/line.ts";
import { columns, paint } from "../terminal.ts";
import type { DemoLedger } from "./ledger.ts";
import type { StepOutcome } from "./match.ts";

/** What the demo says at its end. */
export function report(
  outcomes: readonly StepOutcome[],
  ledger: DemoLedger | undefined,
  ledgerFault: string | undefined,
): string {
  return [
    paint("bold", "Webhooks and the events they became"),
    ...columns(outcomes.map(row)),
    "",
    paint("bold", "Project Login was answered"),
    ...columns(outcomes.flatMap(({ sent, arrival }) => loginRow(sent, arrival?.subject))),
    "",
    paint("bold", "Questions were answered by the demo's own system"),
    ...columns(outcomes.flatMap(({ sent }) => questionRow(sent))),
    "",
    paint("bold", "Ledger"),
    ...columns(ledgerRows(ledger)),
    "",
    verdict(outcomes, ledgerFault),
  ].join("\n");
}

function verdict(outcomes: readonly StepOutcome[], ledgerFault: string | undefined): string {
  const missing = outcomes.filter(({ fault }) => fault !== undefined).length;
  if (missing === 0 && ledgerFault === undefined) {
    return paint("green", `All ${outcomes.length} arrived with a valid signature, and the ledger balances.`);
  }
  const faults = [
    ...(missing > 0 ? [`${missing} of ${outcomes.length} did not arrive as they should`] : []),
    ...(ledgerFault === undefined ? [] : [ledgerFault]),
  ];
  return paint("red", `${faults.join("; ")}.`);
}

function loginRow({ login }: StepOutcome["sent"], subject = ""): string[][] {
  return login === undefined ? [] : [[subject, JSON.stringify(login)]];
}

function questionRow({ sample, answer }: StepOutcome["sent"]): string[][] {
  return answer === undefined ? [] : [[sample.name, JSON.stringify(answer)]];
}

function row({ sent, arrival, fault }: StepOutcome): string[] {
  const name = sent.remark === "" ? sent.sample.name : `${sent.sample.name} (${sent.remark})`;
  return [
    paint("dim", sent.sample.vendor),
    name,
    arrival?.type ?? "-",
    arrival === undefined ? "-" : signatureMark(arrival),
    fault === undefined ? (arrival?.subject ?? "") : paint("red", fault),
  ];
}

function ledgerRows(ledger: DemoLedger | undefined): string[][] {
  if (ledger === undefined) return [];
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([what, count]) => `${what} ${count}`)
      .join(" · ");
  return [
    ["webhooks", list(ledger.webhooks)],
    ["deliveries", list(ledger.deliveries)],
    ["balanced", ledger.balanced ? paint("green", "yes") : paint("red", "no")],
  ];
}
