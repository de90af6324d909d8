import * as z from "zod";
import { howLong } from "../../status/say.ts";
import { Refusal, ToldFailure } from "../refusal.ts";
import { columns, paint } from "../terminal.ts";
import { readAnswer } from "./answer.ts";
import { openRelayClient, type RelayOptions } from "./client.ts";
import { type Clock, clockIn } from "./clock.ts";

const time = z.iso.datetime({ offset: true });
/** A relay of a later version may know types that this one does not. */
const incident = z.object({
  id: z.string(),
  state: z.string(),
  since: time,
  until: time.nullable(),
  sentence: z.string(),
  next: z.string(),
  ack: z.object({ who: z.string(), at: time }).nullable(),
});
type Incident = z.infer<typeof incident>;
const list = z.object({ items: z.array(incident), next: z.string().nullable() });
const tests = z.object({
  destinations: z.array(
    z.object({
      id: z.string(),
      delivered: z.boolean(),
      status: z.number().optional(),
      reason: z.string().optional(),
      ms: z.number(),
      answer: z.string().optional(),
    }),
  ),
});

/** Which relay, and how to tell. */
export interface IncidentsOptions extends RelayOptions {
  readonly json?: boolean | undefined;
  readonly limit?: number | undefined;
}

/** Tells of the incidents; fails when one is open that nobody sees to. */
export async function listIncidents({ json, limit = 20, ...options }: IncidentsOptions): Promise<void> {
  const told = await openRelayClient(options).call("GET", `incidents?limit=${limit}`);
  const { items, next } = readAnswer(list, told);
  console.log(json ? told.text : printList(items, next !== null).join("\n"));
  if (items.some((one) => isOpen(one) && one.ack === null)) throw new ToldFailure();
}

/** Says that somebody sees to an incident. */
export async function acknowledgeIncident(id: string, { json, ...options }: IncidentsOptions): Promise<void> {
  const told = await openRelayClient(options).call("POST", `incidents/${encodeURIComponent(id)}/ack`);
  const { ack, sentence } = readAnswer(incident, told);
  console.log(json ? told.text : `${paint("green", "✓")} ${ack?.who ?? "somebody"} sees to it: ${sentence}`);
}

/** Sends a test to whoever is told of incidents, and tells what they said; fails when one of them did not take it. */
export async function testAlerts({ json, ...options }: IncidentsOptions): Promise<void> {
  const told = await openRelayClient(options).call("POST", "alerts/test");
  const { destinations } = readAnswer(tests, told);
  if (json) console.log(told.text);
  if (destinations.length === 0) {
    throw new Refusal('nobody is told of incidents: give a destination "events": ["relay.*"]');
  }
  if (!json) console.log(columns(destinations.map(rowOf)).join("\n"));
  if (destinations.some(({ delivered }) => !delivered)) throw new ToldFailure();
}

function isOpen({ state }: Incident): boolean {
  return state === "opened";
}

function printList(items: readonly Incident[], more: boolean): string[] {
  const open = items.filter(isOpen).length;
  const head =
    items.length === 0
      ? paint("green", "nothing has needed anybody")
      : open === 0
        ? paint("green", "no incident is open")
        : paint("yellow", open === 1 ? "1 incident is open" : `${open} incidents are open`);
  const now = Date.now();
  const clock = clockIn(undefined, now);
  return [
    head,
    ...items.flatMap((one) => printIncident(one, now, clock)),
    ...(more ? ["there are more: --limit"] : []),
  ];
}

function printIncident(one: Incident, now: number, clock: Clock): string[] {
  const { id, since, until, sentence, next, ack } = one;
  const mark = isOpen(one) ? (ack === null ? paint("red", "✗") : paint("yellow", "!")) : paint("green", "✓");
  const lasted =
    until === null
      ? `for ${howLong(now - Date.parse(since))}`
      : `was so for ${howLong(Date.parse(until) - Date.parse(since))}, until ${clock.show(until)}`;
  const seen = ack === null ? "" : `; ${ack.who} sees to it since ${clock.show(ack.at)}`;
  return [
    `  ${mark} ${sentence}`,
    paint("dim", `    ${id}, since ${clock.show(since)}, ${lasted}${seen}`),
    ...(isOpen(one) ? [paint("dim", `    → ${next}`)] : []),
  ];
}

function rowOf({
  id,
  delivered,
  status,
  reason,
  ms,
  answer = "",
}: z.infer<typeof tests>["destinations"][number]): string[] {
  const mark = delivered ? paint("green", "✓") : paint("red", "✗");
  return [mark, id, status === undefined ? `no answer: ${reason}` : `answered ${status} after ${ms} ms`, answer];
}
