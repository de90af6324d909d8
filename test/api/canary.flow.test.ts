import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as z from "zod";
import { app } from "../../src/app.ts";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { findSecrets } from "../../src/config/secrets/find-secrets.ts";
import { inflate } from "../../src/platform/deflate.ts";
import { consumeAll } from "../delivery/consume-all.ts";
import { openSink, type Received } from "../sink/sink.ts";

/** Secrets of the Worker that references stand for, some with a line break at their end. */
const variables = {
  KEY: "canary-env-key\n",
  CIPHER: "canary-env-cipher",
  SIGNING: `whsec_${btoa("canary-env-signing-secret")}\n`,
  HEADER_TOKEN: "canary-env-header",
};
const pair = `user:canary-basic-password`;

const documentFor = (url: string) => ({
  sources: {
    vcc: {
      vendor: "vcc-live",
      keys: ["canary-literal-key", "env:KEY"],
      encryption: [
        { cipher: "aes-256-cbc", key: "canary-literal-cipher" },
        { cipher: "aes-256-cbc", key: "env:CIPHER" },
      ],
      guard: { mode: "shadow", ask: "http://127.0.0.1:9/login?key=canary-ask" },
    },
  },
  destinations: {
    crm: {
      url: `${url}/?token=canary-query&apikey=canary%2Descaped&canary-bare`,
      secrets: [`whsec_${btoa("canary-literal-signing")}`, "env:SIGNING"],
      headers: {
        "x-secret": "canary-literal-header",
        "x-referred": "env:HEADER_TOKEN",
        authorization: "Bearer canary-bearer",
        "x-basic": `Basic ${btoa(pair)}`,
      },
      raw: true,
      retry: { delays: [3600] },
    },
  },
});

/** Every secret as somebody may say it, and the forms that may not be seen anywhere. */
const said = [
  "canary-literal-key",
  "canary-env-key",
  "canary-literal-cipher",
  "canary-env-cipher",
  "canary-ask",
  "canary-query",
  "canary-escaped",
  "canary-bare",
  `whsec_${btoa("canary-literal-signing")}`,
  `whsec_${btoa("canary-env-signing-secret")}`,
  "canary-literal-header",
  "canary-env-header",
  "Bearer canary-bearer",
  "canary-bearer",
  `Basic ${btoa(pair)}`,
  "canary-basic-password",
];
const forms = [...said, "canary", btoa("canary-").slice(0, 8)];
const seenIn = (text: string) => forms.filter((form) => text.includes(form));

const lines: string[] = [];

beforeEach(() => {
  forgetRelay();
  lines.length = 0;
  for (const level of ["log", "info", "warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
  }
});
afterEach(() => forgetRelay());

async function ask(path: string, init: RequestInit = {}): Promise<string> {
  const context = createExecutionContext();
  const headers = { authorization: "Bearer test-admin-token", ...init.headers };
  const request = new Request(`http://localhost${path}`, { ...init, headers });
  const response = await app.fetch(request, { ...env, ...variables, EVENTS: caught }, context);
  const text = await response.text();
  await waitOnExecutionContext(context);
  return `${text}\n${JSON.stringify([...response.headers])}`;
}

const queued: unknown[] = [];
const caught: Queue = Object.assign(Object.create(env.EVENTS), {
  send: async (body: unknown) => void queued.push(body),
});

const tables = z.array(z.object({ name: z.string() }));
const rows = z.array(z.record(z.string(), z.unknown()));

/** All that the log has but the documents, which hold the secrets themselves. */
async function stored(): Promise<string> {
  const { results } = await env.LOG.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const names = tables.parse(results).filter(({ name }) => !/^(_cf|d1_|sqlite_|document$)/.test(name));
  const texts = names.map(async ({ name }) => {
    const found = rows.parse((await env.LOG.prepare(`SELECT * FROM "${name}"`).all()).results);
    return Promise.all(
      found.flatMap((row) =>
        // Marks are keyed, and no text.
        Object.entries(row).map(([name, value]) =>
          Array.isArray(value) && name !== "marks" ? inflate(Uint8Array.from(value)) : String(value),
        ),
      ),
    );
  });
  return (await Promise.all(texts)).flat().join("\n");
}

it("the configuration of this test has a secret in every place that there is for one", () => {
  const places = findSecrets(documentFor("http://x")).map(({ path }) =>
    path
      .map((step, depth) => (depth === 1 || typeof step === "number" || path[depth - 1] === "headers" ? "*" : step))
      .join("."),
  );
  expect([...new Set(places)]).toEqual([
    "sources.*.keys.*",
    "sources.*.encryption.*.key",
    "sources.*.guard.ask",
    "destinations.*.secrets.*",
    "destinations.*.headers.*",
    "destinations.*.url",
  ]);
});

it("no secret of the configuration is kept, told or logged, whoever says it", async () => {
  const sink = openSink();
  await sink.behave({ status: 403, body: `no, ${said.join(" or ")}` });
  await env.CONFIG.put("relay", JSON.stringify(documentFor(sink.url)));
  const webhook = { smsId: 7, direction: "out", said, asNames: Object.fromEntries(said.map((one) => [one, 1])) };
  const url = "/in/vcc/sms?secret-key=canary-env-key";
  expect(await ask(url, { method: "POST", body: JSON.stringify(webhook) })).toContain("rcpt_");
  await ask("/in/vcc/sms?secret-key=canary-wrong", { method: "POST", body: JSON.stringify(webhook) });
  await ask("/in/canary-literal-key/canary-literal-key", { method: "POST", body: "{}" });
  await ask("/in/vcc/project-login?secret-key=canary-env-key", { method: "POST", body: '{"projectId":7,"userId":41}' });
  expect(seenIn(JSON.stringify(queued))).toEqual([]);
  await consumeAll(queued.splice(0), { ...env, ...variables });
  const got: Received[] = await sink.received();
  expect(got.length).toBeGreaterThan(0);
  for (const { headers, body } of got) {
    expect(headers).toMatchObject({ "x-referred": "canary-env-header", authorization: "Bearer canary-bearer" });
    expect(seenIn(body)).toEqual([]);
  }
  const { receipt } = z
    .object({ receipt: z.string() })
    .parse(await env.LOG.prepare("SELECT receipt FROM event WHERE type LIKE 'message%'").first());
  const paths = ["config", "config/status", "config/versions", "config/versions/1", "destinations", "destinations/crm"];
  const more = [`events/${receipt}`, "events", "rejections", "drift", "ledger", "stats", `receipts/${receipt}`];
  const answers = await Promise.all([
    ...[...paths, ...more].map((path) => ask(`/api/${path}`)),
    ask("/api/destinations/crm/test", { method: "POST" }),
    ask("/api/config/rollback", { method: "POST", body: '{"version":1}' }),
    ask("/health"),
  ]);
  for (const answer of answers) expect([answer, seenIn(answer)]).toEqual([answer, []]);
  expect(await stored()).toContain("status_403");
  expect(seenIn(await stored())).toEqual([]);
  expect(lines.length).toBeGreaterThan(3);
  expect(seenIn(lines.join("\n"))).toEqual([]);
});
