import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { hashText } from "../../src/config/documents/cache.ts";
import { forgetRelay, loadRelay } from "../../src/config/load-relay.ts";
import { keepDocument } from "../../src/log/documents/last-good.ts";
import { call } from "../api/call.ts";
import { aWork } from "../work.ts";

const SECRET = "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==";

const lines: string[] = [];

beforeEach(() => {
  forgetRelay();
  lines.length = 0;
  for (const level of ["warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
  }
});

async function loadBy(document: object, variables: object = {}) {
  await env.CONFIG.put("relay", JSON.stringify(document));
  const loaded = await loadRelay(aWork({ env: { ...env, ...variables } }));
  if (loaded.state !== "ready") throw new Error("not in force");
  return loaded;
}

describe("a faulty configuration that was put into KV by hand", () => {
  const faulty = {
    sources: {
      vcc: {
        vendor: "vcc-live",
        keys: ["vcc-key", "env:ADMIN_TOKEN"],
        timezone: "Europe/Budapset",
        region: "Hungary",
        encryption: [{ cipher: "rot13", key: "env:CIPHER", required: true }],
        labels: { disposition: { "51": { label: "Promise", outcome: "promise" } } },
      },
    },
  };

  it("is in force with what is right of it: its source proves and stores", async () => {
    await env.CONFIG.put("relay", JSON.stringify(faulty));
    const url = "http://localhost/in/vcc/sms?secret-key=vcc-key";
    const answer = await exports.default.fetch(new Request(url, { method: "POST", body: '{"smsId":1}' }));
    expect([answer.status, await answer.json()]).toEqual([200, { receipt: expect.stringMatching(/^rcpt_/) }]);
    const admin = await exports.default.fetch(
      new Request("http://localhost/in/vcc/sms?secret-key=test-admin-token", { method: "POST", body: "{}" }),
    );
    expect(admin.status).toBe(401);
  });

  it("leaves out what is wrong, and says so in log, health and API", async () => {
    const { value, faulty: faults = [] } = await loadBy(faulty);
    const source = value.sources.get("vcc");
    expect(source).toMatchObject({ keys: [{ value: "vcc-key" }], encryption: [] });
    expect([source?.timezone, source?.region]).toEqual([undefined, undefined]);
    const paths = ["timezone", "region", "labels.disposition.51.outcome", "encryption.0.cipher", "keys.1"];
    expect(faults.map(({ path }) => path)).toEqual(paths.map((path) => `sources.vcc.${path}`));
    expect(lines.find((line) => line.includes("document.faulty"))).toContain("sources.vcc.timezone");
    const health = await exports.default.fetch(new Request("http://localhost/health"));
    expect(await health.json()).toMatchObject({ ok: true, warnings: expect.arrayContaining(["config_faulty"]) });
    expect((await call("GET", "config/status")).body).toMatchObject({ passedOver: false, faulty: faults });
  });

  it.each([
    "https://10.0.0.1/login",
    "http://old.example.com/",
    "https://relay.example.com/in/vcc/project-login?secret-key=vcc-key",
    "https://user:password@old.example.com/",
    "nowhere",
  ])("asks no responder at %s", async (ask) => {
    const sources = { vcc: { vendor: "vcc-live", keys: ["vcc-key"], guard: { mode: "shadow", ask } } };
    const variables = { ALLOW_PRIVATE_DESTINATIONS: "false", PUBLIC_URL: "https://relay.example.com" };
    const { value, faulty: faults } = await loadBy({ sources }, variables);
    expect(value.sources.get("vcc")?.guard).toMatchObject({ mode: "shadow", ask: undefined });
    expect(faults).toMatchObject([{ path: "sources.vcc.guard.ask" }]);
  });
});

describe("a configuration that an earlier version of the relay took", () => {
  const document = {
    sources: { vcc: { vendor: "vcc-live", keys: ["vcc-key"], dialect: "old" } },
    destinations: {
      crm: { url: "https://crm.example.com/", secrets: [SECRET], mask: { phone: "hash" } },
      bi: { url: "https://bi.example.com/", secrets: [SECRET], colour: "blue" },
    },
  };

  it("is in force by what is understood of it, though KV has nothing else", async () => {
    const body = JSON.stringify(document);
    await keepDocument(env.LOG, "relay", { hash: await hashText(body), at: Date.now(), body }, "kv");
    const { value, faults } = await loadBy(document);
    expect(faults).toBeDefined();
    expect([...value.sources.keys()]).toEqual(["vcc"]);
    expect(value.destinations.map(({ id, faulty }) => [id, faulty])).toEqual([
      ["crm", "faulty_mask"],
      ["bi", undefined],
    ]);
  });
});

describe("names that stand twice", () => {
  it.each<[string, string, string | undefined]>([
    ["a mask", '"mask":{"phone":"remove"},"mask":{}', "faulty_mask"],
    ["the name of a mask", '"mask":{"phone":"remove","phone":"last4"}', "faulty_mask"],
    ["a filter", '"events":["call.*"],"events":["*"]', "faulty_events"],
    ["a header", '"headers":{"x-a":"1","x-a":"2"}', "faulty_headers"],
  ])("in a destination hold it: %s", async (_, members, faulty) => {
    const crm = `{"url":"https://crm.example.com/","secrets":[],${members}}`;
    await env.CONFIG.put(
      "relay",
      `{"sources":{},"destinations":{"crm":${crm},"bi":{"url":"https://a.example.com","secrets":[]}}}`,
    );
    const loaded = await loadRelay(aWork());
    const destinations = loaded.state === "ready" ? loaded.value.destinations : [];
    expect(destinations.map((one) => one.faulty)).toEqual([faulty, undefined]);
  });

  it("as a whole destination hold that one", async () => {
    const one = (host: string) => `{"url":"https://${host}.example.com/","secrets":[]}`;
    await env.CONFIG.put("relay", `{"sources":{},"destinations":{"crm":${one("a")},"crm":${one("b")}}}`);
    const loaded = await loadRelay(aWork());
    expect(loaded.state === "ready" && loaded.value.destinations).toMatchObject([{ faulty: "faulty_destination" }]);
  });
});

describe("the secrets that may be stored nowhere", () => {
  const basic = btoa("user:basic-password");
  const document = {
    sources: {
      vcc: {
        vendor: "vcc-live",
        keys: ["k", " spaced-key\n", "env:ENV_KEY", "env:MASK_KEY"],
        encryption: [{ cipher: "aes-256-cbc", key: "env:CIPHER" }],
        guard: { mode: "shadow", ask: "https://old.example.com/login?v=2&key=ask%2Dtoken-1" },
      },
    },
    destinations: {
      crm: {
        url: "https://crm.example.com/hooks?api-version=2024-05-21&format=structured&sig=query-token-1&bare-token-1",
        secrets: [SECRET, "env:SIGNING"],
        headers: {
          "x-team": "blue",
          "x-referred": "env:HEADER_TEAM",
          accept: "application/json",
          "x-stage": "production",
          "x-tenant": "acme-corp",
          "x-version": "2024-05-21",
          "x-token": "productiontoken",
          "x-random": "Zm9vYmFyMTIzNDU2",
          authorization: "Bearer header-token-1",
          "x-basic": `Basic ${basic}`,
        },
      },
    },
  };
  const variables = {
    ENV_KEY: "env-key\r\n",
    MASK_KEY: "mask-key-of-the-worker",
    CIPHER: "cipher-key",
    SIGNING: "whsec_AAAA",
    HEADER_TEAM: "production-team",
  };

  it("are all keys and signing secrets, and of headers and queries what looks like one", async () => {
    const { secrets } = (await loadBy(document, variables)).value;
    expect([...secrets].toSorted()).toEqual(
      [
        "k",
        "spaced-key",
        "env-key",
        "cipher-key",
        "ask%2Dtoken-1",
        "ask-token-1",
        SECRET,
        "whsec_AAAA",
        "query-token-1",
        "bare-token-1",
        "production-team",
        "productiontoken",
        "Zm9vYmFyMTIzNDU2",
        "Bearer header-token-1",
        "header-token-1",
        `Basic ${basic}`,
        basic,
        "user:basic-password",
        "basic-password",
      ].toSorted(),
    );
  });
});

describe("where", () => {
  it("keeps the digits of numbers beyond 2^53", async () => {
    const text =
      '{"sources":{},"destinations":{"crm":{"url":"https://crm.example.com","secrets":[],"where":{"data.raw.n":[9007199254740993,1.50,true,"x"]}}}}';
    await env.CONFIG.put("relay", text);
    const loaded = await loadRelay(aWork());
    const [crm] = loaded.state === "ready" ? loaded.value.destinations : [];
    expect(crm?.where["data.raw.n"]).toEqual(["9007199254740993", expect.stringMatching(/^1\.50?$/), "true", "x"]);
  });
});
