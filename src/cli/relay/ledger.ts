import * as z from "zod";
import { sourceName } from "../../events/own-source.ts";
import { UsageError } from "../arguments.ts";
import { ToldFailure } from "../refusal.ts";
import { columns, paint } from "../terminal.ts";
import { readAnswer } from "./answer.ts";
import { openRelayClient, type RelayOptions } from "./client.ts";

const counts = z.record(z.string(), z.number());
const line = z.object({
  webhooks: counts,
  deliveries: counts,
  replays: counts,
  logins: counts,
  questions: counts,
});
const mismatch = z.object({
  day: z.string(),
  source: z.string(),
  counter: z.string(),
  tally: z.number(),
  log: z.number(),
});
const answer = line.extend({
  balanced: z.boolean(),
  uncounted: z.array(z.string()).default([]),
  sources: z.record(z.string(), line),
  recounted: z.array(z.string()).default([]),
  unchecked: z.array(z.string()).default([]),
  mismatches: z.array(mismatch).default([]),
});
type Answer = z.infer<typeof answer>;

/** Which relay, what to count again, and how to tell. */
export interface LedgerOptions extends RelayOptions {
  readonly recount?: true | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Tells what became of everything; fails when the books do not balance, or the log says otherwise. */
export async function tellLedger({ recount, since, until, json, ...options }: LedgerOptions): Promise<void> {
  if (recount === undefined && (since ?? until) !== undefined) {
    throw new UsageError("--since and --until say which days to count again: add --recount");
  }
  const asked = new URLSearchParams({
    ...(recount === undefined ? {} : { recount: "1" }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  });
  const told = await openRelayClient(options).call("GET", asked.size === 0 ? "ledger" : `ledger?${asked}`);
  const ledger = readAnswer(answer, told);
  console.log(json ? told.text : printLedger(ledger).join("\n"));
  if (!ledger.balanced || ledger.mismatches.length > 0) throw new ToldFailure();
}

function printLedger({ balanced, uncounted, sources, ...ledger }: Answer): string[] {
  return [
    balanced ? paint("green", "the books balance") : paint("red", "the books do not balance"),
    ...(uncounted.includes("waiting") ? ["more waits than is counted one by one: the counters say how much"] : []),
    ...(uncounted.includes("unread") ? ["more is unread than is counted: at least as much as stands here"] : []),
    ...printLine("all sources", ledger),
    ...Object.entries(sources).flatMap(([source, one]) => ["", ...printLine(sourceName(source), one)]),
    ...printRecount(ledger),
  ];
}

function printLine(name: string, one: z.infer<typeof line>): string[] {
  const parts = ["webhooks", "deliveries", "replays", "logins", "questions"] as const;
  return [paint("bold", name), ...columns(parts.map((part) => [part, listCounts(one[part])]))];
}

function listCounts(some: z.infer<typeof counts>): string {
  return Object.entries(some)
    .map(([name, number]) => `${number} ${name}`)
    .join(", ");
}

function printRecount({
  recounted,
  unchecked,
  mismatches,
}: Pick<Answer, "recounted" | "unchecked" | "mismatches">): string[] {
  if (recounted.length + unchecked.length === 0) return [];
  const isSame = mismatches.length === 0;
  return [
    "",
    ...(recounted.length === 0
      ? []
      : [`counted again: ${recounted.join(", ")}${isSame ? "; the log says the same" : ""}`]),
    ...(unchecked.length === 0 ? [] : [`too many rows to count again: ${unchecked.join(", ")}`]),
    ...columns(
      mismatches.map(({ day, source, counter, tally, log }) => [
        paint("red", "✗"),
        day,
        source,
        counter,
        `${tally} were counted, the log has ${log}`,
      ]),
    ),
  ];
}
