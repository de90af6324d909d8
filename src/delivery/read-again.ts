import type { Relay } from "../config/load.ts";
import { lookupIn } from "../config/reference.ts";
import type { HookEvent } from "../events/envelope.ts";
import { login } from "../events/parts/login.ts";
import type { WebhookMessage } from "../intake/message.ts";
import { type Difference, differencesOf } from "./differences.ts";
import { freeze, type ReadWebhook, readMessage } from "./read-message.ts";

/** Warnings that were given before a webhook was read; reading it again cannot find them. */
const BEFORE_READING = ["invalid_text_encoding", "nesting_pruned", "parameters_dropped"];

/** A webhook that was read a second time, and in what the second reading differs. */
export interface SecondReading {
  readonly before: HookEvent;
  readonly read: ReadWebhook;
  readonly differences: readonly Difference[];
}

/** Reads an event's webhook again, by today's normalizer and the source's settings of today. */
export async function readAgain(
  before: HookEvent,
  accepted: { readonly receipt: string; readonly source: string; readonly key: string },
  relay: Relay,
  env: Env,
): Promise<SecondReading | undefined> {
  const read = await readMessage(toMessage(before, accepted), relay, env.LOG);
  if (read === undefined) return undefined;
  const after = freeze(read, before.id, lookupIn(env)("PUBLIC_URL") ?? "");
  return { before, read, differences: differencesOf(before, after) };
}

/** The webhook as it lay in the queue. Its kind stands in the event, whether the URL named it or the body. */
function toMessage(
  { vendor, vendorevent, receivedtime, data }: HookEvent,
  accepted: { readonly receipt: string; readonly source: string; readonly key: string },
): WebhookMessage {
  const warnings = Array.isArray(data.warnings) ? data.warnings.map(String) : [];
  return {
    v: 1,
    ...accepted,
    vendor,
    kind: vendorevent === "unknown" ? undefined : vendorevent,
    receivedAt: Date.parse(receivedtime),
    warnings: warnings.filter((warning) => BEFORE_READING.includes(warning)),
    body: JSON.stringify(data.raw ?? null),
    login: login.safeParse(data.login).data,
  };
}
