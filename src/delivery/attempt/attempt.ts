import type { Destination } from "../../config/load-relay.ts";
import { sentSecrets } from "../../config/secrets/find-secrets.ts";
import { resolveReference } from "../../config/secrets/reference.ts";
import { sign, UnusableSecretError } from "../../config/secrets/sign.ts";
import { refuseUrl, type UrlRules, urlRules } from "../../config/url-rules.ts";
import type { HookEvent } from "../../events/envelope.ts";
import type { Lookup } from "../../platform/lookup.ts";
import { version } from "../../version.ts";
import { render } from "./format.ts";
import { mask } from "./mask.ts";
import type { Outcome } from "./outcome.ts";
import { readResponse } from "./read-response.ts";

/** One HTTP request of a delivery. */
export interface AttemptOrder {
  readonly event: HookEvent;
  readonly destination: Destination;
  /** 1 for the first. */
  readonly attempt: number;
  /** 0, or the number of the replay. */
  readonly run: number;
  readonly timeoutMs: number;
}

/** What an attempt needs of the outside: secrets and variables, and the values that may not be kept. */
export interface AttemptRules {
  readonly lookup: Lookup;
  readonly secrets: ReadonlySet<string>;
}

/** Sends an event once. Never rejects; the bytes that are signed are the bytes that are sent. */
export async function attemptDelivery(
  order: AttemptOrder,
  { lookup, secrets }: AttemptRules,
  now: number,
): Promise<Outcome> {
  const { destination, timeoutMs } = order;
  if (isRefused(destination, urlRules(lookup))) return failure("refused_url");
  const request = await prepare(order, lookup, now);
  if ("kind" in request) return request;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(destination.url, { ...request, method: "POST", redirect: "manual", signal });
    // Of a success nothing is kept, so nothing has to be blanked in it.
    const blanked = response.ok ? [] : [...secrets, ...sentSecrets(destination, lookup)];
    const answer = await readResponse(response, blanked);
    const retryAfter = response.ok ? undefined : (response.headers.get("retry-after") ?? undefined);
    return { kind: "answered", status: response.status, retryAfter, answer };
  } catch {
    return { kind: "failed", reason: signal.aborted ? "timeout" : "connection" };
  }
}

/** Destinations whose URLs were judged, and by which rules. */
const judged = new WeakMap<Destination, { readonly rules: UrlRules; readonly refused: boolean }>();

function isRefused(destination: Destination, rules: UrlRules): boolean {
  const known = judged.get(destination);
  if (known?.rules === rules) return known.refused;
  const refused = refuseUrl(destination.url, rules) !== undefined;
  judged.set(destination, { rules, refused });
  return refused;
}

/** The request that an attempt sends, or why none can be made of the order: then the delivery waits. */
async function prepare(order: AttemptOrder, lookup: Lookup, now: number): Promise<Prepared | Outcome> {
  const { destination } = order;
  const secrets = destination.secrets.map((reference) => resolveReference(reference, lookup, "signing"));
  if (!secrets.every(isKnown)) return failure("unusable_secret");
  const custom = Object.entries(destination.headers).map(([name, value]) => [
    name,
    resolveReference(value, lookup, "header"),
  ]);
  if (!custom.every((entry): entry is [string, string] => isKnown(entry[1]))) return failure("unresolved_header");
  try {
    return await write(order, secrets, Object.fromEntries(custom), lookup, now);
  } catch (error) {
    return failure(error instanceof UnusableSecretError ? "unusable_secret" : "not_sendable");
  }
}

interface Prepared {
  readonly body: string;
  readonly headers: Headers;
}

async function write(
  { event, destination, attempt, run }: AttemptOrder,
  secrets: readonly string[],
  custom: Readonly<Record<string, string>>,
  lookup: Lookup,
  now: number,
): Promise<Prepared> {
  const { body, headers } = render(await mask(event, destination, lookup), destination);
  const timestamp = Math.floor(now / 1000);
  const signature = await sign(event.id, timestamp, body, secrets);
  return {
    body,
    headers: new Headers({
      ...custom,
      ...headers,
      "user-agent": `hookswitch/${version}`,
      "webhook-id": event.id,
      "webhook-timestamp": String(timestamp),
      ...(signature === "" ? {} : { "webhook-signature": signature }),
      "webhook-attempt": String(attempt),
      ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
      ...(run > 0 ? { "webhook-replay": "1" } : {}),
    }),
  };
}

function failure(reason: Extract<Outcome, { kind: "failed" }>["reason"]): Outcome {
  return { kind: "failed", reason };
}

function isKnown(value: string | undefined): value is string {
  return value !== undefined;
}
