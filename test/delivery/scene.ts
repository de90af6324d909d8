import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { forgetPauses } from "../../src/delivery/gate/known-pauses.ts";
import type { WebhookMessage, WholeMessage } from "../../src/intake/message.ts";
import { readLedger } from "../../src/log/ledger/ledger.ts";

export const SECRET = "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==";

/** Puts a configuration in force: one source of each test's vendor, and the destinations given. */
export async function configure(destinations: Record<string, object>, settings: object = {}): Promise<void> {
  const complete = Object.entries(destinations).map(([id, destination]) => [id, { secrets: [SECRET], ...destination }]);
  await env.CONFIG.put(
    "relay",
    JSON.stringify({
      ...settings,
      sources: {
        ucontact: { vendor: "ucontact", keys: ["env:NONE"], timezone: "UTC" },
        vcc: { vendor: "vcc-live", keys: ["env:NONE"] },
      },
      destinations: Object.fromEntries(complete),
    }),
  );
  forgetRelay();
  forgetPauses();
}

/** An accepted webhook: an agent logs in, each time another one. */
export function aWebhook(rest: Partial<WebhookMessage> = {}): WebhookMessage {
  const receivedAt = Date.now();
  const agent = `agent-${crypto.randomUUID()}`;
  return {
    v: 1,
    receipt: `rcpt_${ulid(receivedAt)}`,
    source: "ucontact",
    vendor: "ucontact",
    receivedAt,
    key: "env:KEY",
    warnings: [],
    body: JSON.stringify({ event: "AgentLog", date: asWritten(receivedAt), agent, isLogin: true }),
    ...rest,
  };
}

/** One whose body lies in the message. */
export function aWholeWebhook(rest: Partial<WebhookMessage> = {}): WholeMessage {
  const message = aWebhook(rest);
  return { ...message, body: message.body ?? "" };
}

/** A moment as uContact writes it: the minutes stand where the month belongs. */
function asWritten(at: number): string {
  const [date = "", time = ""] = new Date(at).toISOString().slice(0, 19).split("T");
  const [year, , day] = date.split("-");
  return `${year}-${time.split(":")[1]}-${day} ${time}`;
}

/** The ledger now, with nothing said to be queued. */
export function ledger() {
  return readLedger(env.LOG, 0);
}
