import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { app } from "../../src/app.ts";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { tend } from "../../src/janitor/every-minute.ts";
import { noteBeats } from "../../src/log/beats.ts";
import { hourOf } from "../../src/platform/time/instant.ts";
import { refusingQueue } from "../delivery/consume-all.ts";
import { ofThisTest } from "../this-test.ts";
import { aWork } from "../work.ts";
import { call } from "./call.ts";

const answer = z.object({
  ok: z.boolean(),
  steps: z.array(z.object({ name: z.string(), ok: z.boolean(), ms: z.number(), detail: z.string().optional() })),
});
const LIMIT = { timeout: 120_000 };

async function selftest() {
  const told = answer.parse((await call("POST", "selftest")).body);
  return {
    ...told,
    faults: Object.fromEntries(told.steps.filter(({ ok }) => !ok).map((one) => [one.name, one.detail])),
  };
}

/** The bindings, and how many statements the log was asked. */
function countStatements() {
  let asked = 0;
  const LOG = new Proxy(env.LOG, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      if (name === "prepare") asked += 1;
      return member.bind(target);
    },
  });
  return { own: { ...ofThisTest(env), LOG }, counted: () => asked };
}

const rows = async (table: string) => (await env.LOG.prepare(`SELECT * FROM ${table}`).all()).results;

describe("the self-test", LIMIT, () => {
  beforeEach(async () => {
    const acme = { vendor: "vcc-live", keys: ["k"] };
    const destinations = { crm: { url: "http://127.0.0.1:9/", secrets: [], events: ["*"] } };
    await env.CONFIG.put("relay", JSON.stringify({ sources: { acme }, destinations }));
    await env.PERMISSIONS.put("acme", JSON.stringify({ default: { allow: "*" } }));
  });

  it("of a healthy relay finds nothing wrong, and leaves nothing but a count in a line of its own", async () => {
    await tend(aWork());
    const { ok, steps, faults } = await selftest();
    expect([ok, faults]).toEqual([true, {}]);
    expect(steps.map(({ name }) => name)).toEqual([
      "configuration",
      "tables",
      "webhook",
      "queue retries",
      "queue dead",
      "login acme",
      "cron",
      "limits",
    ]);
    for (const table of ["event", "claim", "delivery", "duplicate", "failure", "spool", "drift"]) {
      expect([table, await rows(table)]).toEqual([table, []]);
    }
    const { body } = await call("GET", "ledger?recount=1");
    expect(body).toMatchObject({ balanced: true, mismatches: [], sources: { "-": { webhooks: { events: 1 } } } });
  });

  it("leaves nothing either where the queue takes nothing, and says so", async () => {
    const { own, counted } = countStatements();
    const EVENTS = refusingQueue();
    vi.spyOn(console, "error").mockReturnValue(undefined);
    vi.spyOn(console, "warn").mockReturnValue(undefined);
    const headers = { authorization: "Bearer test-admin-token" };
    const request = new Request("http://localhost/api/selftest", { method: "POST", headers });
    const response = await app.fetch(request, { ...own, EVENTS }, createExecutionContext());
    const { steps } = answer.parse(await response.json());
    expect(steps.find(({ name }) => name === "webhook")).toMatchObject({
      ok: false,
      detail: "the queue takes no webhooks",
    });
    expect(await rows("spool")).toEqual([]);
    // The Free plan allows an invocation 50, and this waits as long as it ever does.
    expect(counted()).toBeLessThanOrEqual(50);
  });

  it("names what is missing: a map, a cron that ran, a configuration", async () => {
    await env.PERMISSIONS.delete("acme");
    expect((await selftest()).faults).toEqual({
      "login acme": "it has no permission map: nobody is let in",
      cron: "it has not run yet",
    });
    await noteBeats(env.LOG, ["cron"], Date.now() - 10 * 60_000);
    expect((await selftest()).faults).toMatchObject({ cron: "it ran last 10 minutes ago" });
  });

  it("remarks on a limit that is near, unless the account's plan has none", async () => {
    await tend(aWork());
    const hour = hourOf(Date.now());
    await env.LOG.prepare("INSERT INTO tally (hour, source, events, logins) VALUES (?1, 'acme', 2000, 900)")
      .bind(hour)
      .run();
    const { ok, steps } = await selftest();
    expect([ok, steps.find(({ name }) => name === "limits")]).toMatchObject([
      true,
      { ok: true, detail: expect.stringContaining("8700 of the 10000 queue operations") },
    ]);
    await env.CONFIG.put("relay", JSON.stringify({ plan: "paid", sources: {} }));
    forgetRelay();
    expect((await selftest()).steps.find(({ name }) => name === "limits")).not.toHaveProperty("detail");
  });

  it("names tables that are older than the code", async () => {
    await env.LOG.prepare("DELETE FROM d1_migrations").run();
    vi.spyOn(console, "error").mockReturnValue(undefined);
    expect((await selftest()).faults).toMatchObject({ tables: "the database lacks the migration 0001_log.sql" });
  });
});
