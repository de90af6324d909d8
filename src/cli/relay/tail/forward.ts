import * as z from "zod";
import { isLoopback } from "../../../config/host.ts";
import { sign } from "../../../config/secrets/sign.ts";
import { readSigningKey } from "../../../config/secrets/signing-key.ts";
import { UsageError } from "../../arguments.ts";
import { Refusal } from "../../refusal.ts";
import { causeOf, readAnswer } from "../answer.ts";
import type { RelayClient } from "../client.ts";

const FORWARD_LIMIT_MS = 15_000;
const whole = z
  .looseObject({ event: z.looseObject({ id: z.string() }) })
  .transform(({ event }) => ({ headers: { "content-type": "application/cloudevents+json" }, body: event }));
/** A receiver is told an event as it is delivered. */
const delivered = z
  .looseObject({ delivered: z.object({ headers: z.record(z.string(), z.string()), body: z.unknown() }) })
  .transform((told) => told.delivered);
const told = z.union([whole, delivered]);

/** Where events are sent on to. */
export interface Forwarding {
  readonly forward?: string | undefined;
  /** What signs them, `whsec_…` or `whsk_…`. */
  readonly secret?: string | undefined;
  /** Also where that is another machine. */
  readonly yes?: boolean | undefined;
}

/** What came of sending an event on: the status that was answered, or why none was. */
export interface Forwarded {
  readonly status?: number | undefined;
  readonly failed?: string | undefined;
  readonly ms: number;
}

/** Sends an event on. Never rejects. */
export type Forward = (id: string) => Promise<Forwarded>;

/**
 * What sends the events of a relay on to a URL, each as a CloudEvent of what the caller may see, once; undefined where none
 * are. They say of themselves that they were forwarded: no destination's ledger knows of them.
 * @throws UsageError where the URL is none, or of another machine without `yes`
 */
export function forwarderTo({ forward, secret, yes }: Forwarding, relay: RelayClient): Forward | undefined {
  if (forward === undefined) {
    if (secret !== undefined) throw new UsageError("--secret signs what is sent on: --forward says where to");
    return undefined;
  }
  if (secret !== undefined && readSigningKey(secret) === undefined) {
    throw new UsageError("--secret signs nothing: whsec_… or whsk_… does");
  }
  if (!yes && !isLoopback(new URL(forward).hostname)) {
    throw new UsageError(`${new URL(forward).host} is not this machine: --yes sends events there all the same`);
  }
  return async (id) => {
    const began = Date.now();
    const ended = () => Date.now() - began;
    try {
      const seen = readAnswer(told, await relay.call("GET", `events/${encodeURIComponent(id)}`));
      const body = typeof seen.body === "string" ? seen.body : JSON.stringify(seen.body);
      const headers = { ...seen.headers, ...(await headersOf(id, body, secret)) };
      const signal = AbortSignal.timeout(FORWARD_LIMIT_MS);
      const response = await fetch(forward, { method: "POST", headers, body, redirect: "manual", signal });
      await response.body?.cancel();
      return { status: response.status, ms: ended() };
    } catch (error) {
      return { failed: error instanceof Refusal ? error.message : causeOf(error), ms: ended() };
    }
  };
}

async function headersOf(id: string, body: string, secret: string | undefined): Promise<Record<string, string>> {
  const timestamp = Math.floor(Date.now() / 1000);
  const ours = {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-forwarded": "1",
  };
  return secret === undefined ? ours : { ...ours, "webhook-signature": await sign(id, timestamp, body, [secret]) };
}
