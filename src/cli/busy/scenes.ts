import { askAs, type GivenQuestion } from "../webhooks/question.ts";
import { buildRequest, freshen } from "../webhooks/request.ts";
import { readSample, type Sample } from "../webhooks/sample.ts";

/** Where the webhooks go, and what proves them. */
export interface BusyTarget {
  /** Where the relay is reached. */
  readonly base: string;
  readonly key: string;
}

/** What is sent once, before all else: the vendor that falls silent then. */
export function firstWebhook(target: BusyTarget): Request {
  return build(target, readSample("voiso", "agent.status.update"), "voiso-east");
}

/**
 * One round of what vendors send, about half a minute of it: webhooks of all of them, a call whose last event but one comes late,
 * one that misses an event, a repetition, requests that are refused, logins that are granted and denied. Each is made when
 * it is taken.
 */
export function* playRound(target: BusyTarget): Generator<Request> {
  const voiso = (name: string) => build(target, readSample("voiso", name), "voiso");
  const ucontact = (name: string) => build(target, readSample("ucontact", name), "ucontact");
  const vcc = (name: string) => build(target, readSample("vcc-live", name), "vcc");
  const login = (who: GivenQuestion, source = "vcc") =>
    build(target, askAs(readSample("vcc-live", "project-login"), who), source);

  yield voiso("inbound.call.answered");
  yield login({ username: "nora", group: "7", projects: ["7", "11"] });
  yield* playCall(target, "call-created", "call-ended", "call-saved");
  yield login({ username: "nora", group: "7", projects: ["7"] });
  yield ucontact("AgentLog");
  yield* playTwice(target);
  yield vcc("payment-transaction");
  yield build({ ...target, key: "an-old-key" }, readSample("ucontact", "AgentBreak"), "ucontact");
  yield* playCall(target, "call-created", "call-saved", "call-ended");
  yield login({ user: "2", group: "2", projects: ["1", "2", "3"] });
  yield vcc("user");
  yield voiso("message.received");
  yield ucontact("AgentBreak");
  yield* playCall(target, "call-created", "call-saved");
  yield login({ username: "nora", projects: ["1", "11"] }, "vcc-berlin");
  yield vcc("ticket-status");
  yield build(target, readSample("voiso", "agent.status.update"), "nobody");
  yield voiso("inbound.call.ended");
  yield login({ user: "3", group: "2", projects: ["1", "2"] });
  yield ucontact("InteractionDisposition");
  yield vcc("call-disposition");
  yield ucontact("AgentLog-out");
}

/** Events of one call. */
function* playCall(target: BusyTarget, ...names: readonly string[]): Generator<Request> {
  const samples = names.map((name) => readSample("intelligent-contacts", name));
  const fresh = samples.slice(0, 1).map((sample) => freshen(sample, target.key))[0];
  for (const sample of samples) yield build(target, sample, "hcc", fresh);
}

/** The same webhook once more, as a vendor sends it that has not heard the answer. */
function* playTwice(target: BusyTarget): Generator<Request> {
  const sample = readSample("voiso", "agent.status.update");
  const fresh = freshen(sample, target.key);
  yield build(target, sample, "voiso", fresh);
  yield build(target, sample, "voiso", fresh);
}

function build({ base, key }: BusyTarget, sample: Sample, source: string, fresh = freshen(sample, key)): Request {
  return buildRequest(sample, { base, key, source }, fresh);
}
