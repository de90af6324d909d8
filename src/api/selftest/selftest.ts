import * as z from "zod";
import { loadRelay } from "../../config/load-relay.ts";
import { nearLimits, type PlanName } from "../../config/plan.ts";
import { sourceId } from "../../config/schema/source.ts";
import { readBeats } from "../../log/beats.ts";
import { isMigrated, LAST_MIGRATION } from "../../log/last-migration.ts";
import { readUsage } from "../../log/usage.ts";
import type { Work } from "../../platform/work.ts";
import { asksAboutLogins } from "../../vendors/vendor.ts";
import { operation, Refusal } from "../operation.ts";
import { relayInForce } from "../relay-in-force.ts";
import { findSource } from "../sources/find.ts";
import { type Finding, step, tryStep } from "./step.ts";
import { tryLogin } from "./try-login.ts";
import { tryQueue } from "./try-queue.ts";
import { tryKeys, tryProof } from "./try-source.ts";
import { tryWebhook } from "./try-webhook.ts";

/** Cron ticks each minute. */
const CRON_LATE_MS = 2 * 60_000;

/** `POST /api/selftest` */
export const selftest = operation({
  who: "admin",
  summary:
    "Sends a webhook of its own from intake to log, calls every queue, decides a login; leaves nothing but a count",
  takes: {
    body: z
      .strictObject({ source: sourceId.optional().describe("only what a webhook of this source needs") })
      .meta({ example: {} }),
  },
  gives: z.object({ ok: z.boolean(), steps: z.array(step) }),
  refusals: ["not_found", "not_ready"],
  run: async ({ body, ...request }) => {
    if (body.source !== undefined) return testSource(body.source, request);
    const loaded = await loadRelay(request);
    const sources = loaded.state === "ready" ? [...loaded.value.sources.values()] : [];
    const asking = sources.filter(({ vendor }) => asksAboutLogins(vendor));
    const steps = await Promise.all([
      tryStep("configuration", async () => (loaded.state === "ready" ? undefined : "there is none that can be read")),
      tryStep("tables", () => tryTables(request)),
      tryStep("webhook", () => tryWebhook(request)),
      tryStep("queue retries", () => tryQueue("retries", request.env.RETRIES, request)),
      tryStep("queue dead", () => tryQueue("dead", request.env.DEAD, request)),
      ...asking.map((source) => tryStep(`login ${source.id}`, () => tryLogin(source, request))),
      tryStep("cron", () => tryCron(request)),
      tryStep("limits", () => tryLimits(loaded.state === "ready" ? loaded.value.plan : undefined, request)),
    ]);
    return { ok: steps.every(({ ok }) => ok), steps };
  },
});

/** What a webhook of one source needs: keys, a proof, a queue, and a map where it asks about logins. */
async function testSource(id: string, request: Work) {
  const [relay, source] = [await relayInForce(request), await findSource(id, request)];
  if (relay instanceof Refusal) return relay;
  if (source instanceof Refusal) return source;
  const steps = await Promise.all([
    tryStep("keys", () => tryKeys(source, relay)),
    tryStep("proof", () => tryProof(source, relay, request.now)),
    tryStep("webhook", () => tryWebhook(request)),
    ...(asksAboutLogins(source.vendor) ? [tryStep(`login ${id}`, () => tryLogin(source, request))] : []),
  ]);
  return { ok: steps.every(({ ok }) => ok), steps };
}

async function tryTables({ env }: Work): Promise<string | undefined> {
  return (await isMigrated(env.LOG)) ? undefined : `the database lacks the migration ${LAST_MIGRATION}`;
}

async function tryCron({ env, now }: Work): Promise<string | undefined> {
  const at = (await readBeats(env.LOG)).get("cron");
  if (at !== undefined && now - at < CRON_LATE_MS) return undefined;
  return at === undefined ? "it has not run yet" : `it ran last ${Math.round((now - at) / 60_000)} minutes ago`;
}

async function tryLimits(plan: PlanName | undefined, { env, now }: Work): Promise<Finding> {
  const near = nearLimits(await readUsage(env.LOG, now), plan);
  return near.length === 0 ? undefined : { remark: near.map(({ sentence }) => sentence).join("; ") };
}
