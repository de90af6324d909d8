import * as z from "zod";
import { type Answer, readAnswer } from "../relay/answer.ts";
import type { Clock } from "../relay/clock.ts";
import { paint } from "../terminal.ts";
import { adviseOnDelivery, NOBODY_WANTED } from "./delivery-advice.ts";
import { nextLine } from "./refused-request.ts";

const attempt = z.looseObject({
  n: z.number(),
  at: z.string(),
  ms: z.number().optional(),
  status: z.number().optional(),
  reason: z.string().nullable().optional(),
  answer: z.string().optional(),
});
const delivery = z.looseObject({
  destination: z.string(),
  run: z.number(),
  replay: z.string().optional(),
  state: z.string(),
  attempt: z.number(),
  next: z.string().nullable(),
  reason: z.string().nullable(),
  waits: z.looseObject({ until: z.string().nullish(), sentence: z.string() }).optional(),
  attempts: z.array(attempt),
});
/** Hidden from whoever may not see it. */
const login = z.object({
  granted: z.boolean(),
  projects: z.record(z.string(), z.boolean()),
  rules: z.record(z.string(), z.string()),
  mode: z.string().optional(),
});
const event = z.looseObject({
  event: z.looseObject({
    id: z.string(),
    type: z.string(),
    source: z.string(),
    subject: z.string().optional(),
    time: z.string(),
    timesource: z.string().optional(),
    receivedtime: z.string().optional(),
    data: z.looseObject({ login: login.optional().catch(undefined) }).optional(),
  }),
  receipt: z.string(),
  key: z.string(),
  warnings: z.array(z.string()),
  deliveries: z.array(delivery),
  duplicates: z.array(z.string()),
  corrections: z.array(z.string()),
});
export type ShownEvent = z.infer<typeof event>;
export type ShownDelivery = z.infer<typeof delivery>;

/** How a time is known. */
const KNOWN_BY: Readonly<Record<string, string>> = {
  vendor: "as the vendor says",
  derived: "rebuilt from what the vendor says",
  received: "the vendor tells no time",
};

/** One event, as the API tells it. */
export function readEvent(answer: Answer): ShownEvent {
  return readAnswer(event, answer);
}

/** An event in sentences: whence it came, and what became of each of its deliveries. */
export function tellEvent(shown: ShownEvent, clock: Clock): string[] {
  const { receipt, key, warnings, deliveries, duplicates, corrections } = shown;
  const { id, type, source, subject, time, timesource = "", receivedtime } = shown.event;
  const about = subject === undefined ? "" : ` about ${subject}`;
  const known = KNOWN_BY[timesource];
  const accepted = receivedtime === undefined ? "" : `Accepted at ${clock.show(receivedtime)} as ${receipt}, `;
  return [
    `${paint("bold", id)} is ${type}${about}, of ${source.replace("/sources/", "")}`,
    `  ${accepted}proved by ${key}. It happened at ${clock.show(time)}${known === undefined ? "" : `, ${known}`}.`,
    ...tellLogin(shown.event.data?.login),
    ...(warnings.length === 0 ? [] : [paint("yellow", `  Warnings: ${warnings.join(", ")}.`)]),
    ...(duplicates.length === 0 ? [] : [`  It was repeated ${duplicates.length}x: ${duplicates.join(", ")}.`]),
    ...(corrections.length === 0 ? [] : [`  It is corrected by ${corrections.join(", ")}.`]),
    ...(deliveries.length === 0 ? [`  ${NOBODY_WANTED.sentence}`, nextLine(NOBODY_WANTED.next(id))] : []),
    ...deliveries.flatMap((one) => tellDelivery(one, id, clock)),
  ];
}

/** What a login was answered, project by project, with what decided. */
function tellLogin(told: z.infer<typeof login> | undefined): string[] {
  if (told === undefined) return [];
  const { granted, projects, rules, mode } = told;
  const each = Object.entries(projects).map(
    ([project, may]) => `${project} ${may ? "yes" : "NO"} (${rules[project] ?? "unknown"})`,
  );
  const verdict = granted ? paint("green", "granted") : paint("red", "refused");
  return [`  The login was ${verdict}${mode === "shadow" ? ", if the guard had decided" : ""}: ${each.join(", ")}.`];
}

function tellDelivery(one: ShownDelivery, id: string, clock: Clock): string[] {
  const { destination, run, replay: cause, state, attempts, next, reason, waits } = one;
  const marks: Readonly<Record<string, string>> = {
    delivered: paint("green", "✓ delivered"),
    waiting: paint("yellow", "… waits"),
  };
  const replay = run === 0 ? "" : ` (replay ${run}${cause === undefined ? "" : `, by ${cause}`})`;
  const because = reason === null || state === "delivered" ? "" : `: ${reason}`;
  const until = next === null ? "" : `, tried again at ${clock.show(next)}`;
  const advice = waits === undefined ? adviseOnDelivery(one, id) : undefined;
  return [
    `  ${marks[state] ?? paint("red", `✗ ${state}`)}  ${destination}${replay}${because}${until}`,
    ...(waits === undefined ? [] : [`      ${byClock(waits, clock)}`]),
    ...attempts.map((made) => `      ${attemptLine(made, clock)}`),
    ...(advice === undefined ? [] : [`    ${nextLine(advice)}`]),
  ];
}

/** The relay's sentence, with its moment as the clock shows all others here. */
function byClock({ until, sentence }: NonNullable<ShownDelivery["waits"]>, clock: Clock): string {
  return until == null ? sentence : sentence.replace(until, clock.show(until));
}

function attemptLine({ n, at, ms, status, reason, answer }: z.infer<typeof attempt>, clock: Clock): string {
  const came = status === undefined ? (reason ?? "no answer") : `answered ${status}`;
  const took = ms === undefined ? "" : ` after ${ms} ms`;
  const said = answer === undefined ? "" : `: ${JSON.stringify(answer)}`;
  return paint("dim", `attempt ${n} at ${clock.show(at)} ${came}${took}${said}`);
}
