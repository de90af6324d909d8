import * as z from "zod";
import { howLong, many } from "../../status/say.ts";
import { ToldFailure } from "../refusal.ts";
import { columns, paint } from "../terminal.ts";
import { readAnswer } from "./answer.ts";
import { openRelayClient, type RelayOptions } from "./client.ts";

const time = z.iso.datetime({ offset: true });
const destination = z.object({
  id: z.string(),
  url: z.string(),
  paused: z.object({ reason: z.string(), since: time.optional() }).nullable(),
  breaker: z
    .object({ state: z.string(), failures: z.number(), since: time.optional(), nextProbe: time.optional() })
    .nullable(),
  waiting: z.object({ deliveries: z.number(), more: z.boolean(), oldest: time.nullable() }),
  dead: z.object({ deliveries: z.number(), more: z.boolean() }).optional(),
});
const failure = z.object({
  receipt: z.string(),
  type: z.string(),
  state: z.string(),
  attempt: z.number(),
  reason: z.string().nullable(),
});
const list = z.object({ items: z.array(destination) });
const single = destination.extend({ failures: z.array(failure) });
const sample = z.object({
  delivered: z.boolean(),
  status: z.number().optional(),
  reason: z.string().optional(),
  ms: z.number(),
  answer: z.string().optional(),
});

/** Which relay, and how to tell. */
export interface DestinationsOptions extends RelayOptions {
  readonly json?: boolean | undefined;
}

/** Tells how the destinations stand, or one of them with what last went wrong. */
export async function listDestinations(
  id: string | undefined,
  { json, ...options }: DestinationsOptions,
): Promise<void> {
  const told = await openRelayClient(options).call("GET", id === undefined ? "destinations" : pathOf(id));
  if (json) {
    console.log(told.text);
    return;
  }
  const now = Date.now();
  if (id === undefined) {
    const { items } = readAnswer(list, told);
    console.log(
      items.length === 0 ? "no destination is configured" : columns(items.map((one) => rowOf(one, now))).join("\n"),
    );
    return;
  }
  const { failures, ...one } = readAnswer(single, told);
  const last = failures.map(({ receipt, type, state, attempt, reason }) => [
    receipt,
    type,
    state,
    many(attempt, "attempt", "attempts"),
    reason ?? "",
  ]);
  console.log(
    [
      ...columns([rowOf(one, now)]),
      ...(last.length === 0 ? [] : ["", paint("bold", "Last failures"), ...columns(last)]),
    ].join("\n"),
  );
}

/** Pauses or resumes a destination, and tells how it stands then. */
export async function changeDestination(
  id: string,
  { act, json, ...options }: DestinationsOptions & { readonly act: string },
): Promise<void> {
  const told = await openRelayClient(options).call("POST", `${pathOf(id)}/${act}`);
  console.log(json ? told.text : columns([rowOf(readAnswer(destination, told), Date.now())]).join("\n"));
}

/** Sends a destination a sample; fails when it does not take it. */
export async function testDestination(id: string, { json, ...options }: DestinationsOptions): Promise<void> {
  const told = await openRelayClient(options).call("POST", `${pathOf(id)}/test`);
  const { delivered, status, reason, ms, answer } = readAnswer(sample, told);
  const came = status === undefined ? (reason ?? "no answer") : `status ${status}`;
  const took = delivered ? paint("green", `${id} took it`) : paint("red", `${id} did not take it`);
  console.log(json ? told.text : [`${took}: ${came}, ${ms} ms`, ...(answer === undefined ? [] : [answer])].join("\n"));
  if (!delivered) throw new ToldFailure();
}

const rotated = z.object({ secret: z.string(), signing: z.number() });

/** Makes a destination a new signing secret: it alone on standard output, what it means beside. */
export async function rotateSecret(id: string, { json, ...options }: DestinationsOptions): Promise<void> {
  const told = await openRelayClient(options).call("POST", `${pathOf(id)}/secret`);
  const { secret, signing } = readAnswer(rotated, told);
  console.log(json ? told.text : secret);
  if (json) return;
  const beside = signing > 1 ? " The secret before it signs, too, until it is ended." : "";
  console.error(`This is shown once: give it to whoever verifies the deliveries of ${id}.${beside}`);
}

function pathOf(id: string): string {
  return `destinations/${encodeURIComponent(id)}`;
}

/** Name, how it stands, what waits, where it is. */
function rowOf({ id, url, paused, breaker, waiting, dead }: z.infer<typeof destination>, now: number): string[] {
  const { deliveries, more, oldest } = waiting;
  const age = oldest === null ? "" : `, the oldest for ${howLong(now - Date.parse(oldest))}`;
  const lost =
    dead === undefined || dead.deliveries === 0
      ? ""
      : `, ${paint("red", many(dead.deliveries, "dead letter", "dead letters", dead.more))}`;
  return [
    paint("bold", id),
    healthOf(paused, breaker, now),
    (deliveries === 0 ? "nothing waits" : `${many(deliveries, "waits", "wait", more)}${age}`) + lost,
    paint("dim", url),
  ];
}

function healthOf(
  paused: z.infer<typeof destination>["paused"],
  breaker: z.infer<typeof destination>["breaker"],
  now: number,
): string {
  if (paused !== null) {
    const since = paused.since === undefined ? "" : ` for ${howLong(now - Date.parse(paused.since))}`;
    return paint("yellow", `paused (${paused.reason})${since}`);
  }
  if (breaker === null) return paint("yellow", "its gate does not answer");
  const { state, failures, nextProbe } = breaker;
  if (state === "closed") return failures === 0 ? paint("green", "well") : many(failures, "failure", "failures");
  const left = nextProbe === undefined ? 0 : Date.parse(nextProbe) - now;
  const probe = left <= 0 ? "a probe is due" : `next probe in ${howLong(left)}`;
  return paint("red", `fails (${many(failures, "failure", "failures")}), ${probe}`);
}
