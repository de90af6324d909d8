import * as z from "zod";
import { Refusal } from "../refusal.ts";
import { readAnswer } from "../relay/answer.ts";
import type { RelayClient } from "../relay/client.ts";
import type { Clock } from "../relay/clock.ts";
import { eventCells, eventOfAll } from "../relay/event-line.ts";
import { tellHowToReveal } from "../relay/masked.ts";
import { printJson, readPages } from "../relay/pages.ts";
import { columns, paint } from "../terminal.ts";

interface ShowIn {
  readonly relay: RelayClient;
  readonly clock: Clock;
  readonly json: boolean;
}

const call = z.object({
  source: z.string(),
  id: z.string(),
  final: z.boolean(),
  call: z.record(z.string(), z.unknown()),
  items: z.array(eventOfAll.extend({ late: z.boolean(), corrected: z.array(z.string()) })),
  gaps: z.array(z.object({ missing: z.string(), sentence: z.string() })),
});

/** Events in which sources are looked for that know a call. */
const MAX_LOOKED_AT = 200;

/** Tells a call of one source, or of every source that knows one of this id. */
export async function showCalls(id: string, source: string | undefined, { relay, clock, json }: ShowIn): Promise<void> {
  const sources = source === undefined ? await sourcesKnowing(id, relay) : [source];
  if (sources.length === 0)
    throw new Refusal(`nothing is known of ${id}: no call, event, receipt or request has this id`);
  for (const one of sources) {
    const answer = await relay.call("GET", `calls/${encodeURIComponent(one)}/${encodeURIComponent(id)}`);
    if (json) printJson(answer);
    else console.log(tellCall(readAnswer(call, answer), clock).join("\n"));
    if (answer.isMasked) (json ? console.error : console.log)(tellHowToReveal());
  }
}

async function sourcesKnowing(id: string, relay: RelayClient): Promise<string[]> {
  const found = await Promise.all(
    [`call/${id}`, `interaction/${id}`].map((q) => readPages(relay, "events", { q }, MAX_LOOKED_AT)),
  );
  const events = z.array(eventOfAll).parse(found.flatMap(({ items }) => items));
  return [...new Set(events.map(({ source }) => source))];
}

/** What is told of a call, and in which words. */
const FACTS = [
  ["direction", "direction"],
  ["outcome", "outcome"],
  ["startedAt", "began at"],
  ["answeredAt", "answered at"],
  ["endedAt", "ended at"],
] as const;

function tellCall({ source, id, final, call: told, items, gaps }: z.infer<typeof call>, clock: Clock): string[] {
  const lines = items.map((item) => {
    const marks = [
      ...(item.late ? [paint("yellow", "late")] : []),
      ...(item.corrected.length > 0 ? [paint("yellow", "corrected")] : []),
    ];
    return [...eventCells(item, clock.show(item.receivedTime)), marks.join(", ")];
  });
  const facts = FACTS.flatMap(([name, word]) => {
    const value = told[name];
    return typeof value === "string" ? `${word} ${/At$/.test(name) ? clock.show(value) : value}` : [];
  });
  return [
    `${paint("bold", `call ${id}`)} of ${source}: its figures are ${final ? "final" : "those so far"}`,
    ...(facts.length === 0 ? [] : [`  ${facts.join(", ")}`]),
    ...columns(lines),
    ...gaps.map(({ missing, sentence }) => `  ${paint("red", `missing: ${missing}`)}  ${sentence}`),
  ];
}
