import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { hashText } from "../../src/config/documents/cache.ts";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { askLogin, call } from "./call.ts";

const secret = "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==";
const config = {
  sources: {
    vcc: {
      vendor: "vcc-live",
      keys: ["vcc-key", "env:VCC_KEY", "vcc-older-key"],
      encryption: [{ cipher: "aes-256-ctr", key: "cipher-key-0123456789", iv: "query:iv" }],
    },
    old: {
      vendor: "vcc-live",
      keys: ["env:OLD_KEY"],
      guard: { mode: "shadow", ask: "https://old.example.com/login?v=2&key=ask-token" },
    },
  },
  destinations: {
    crm: {
      url: "https://crm.example.com/hooks?token=query-token&a=1&bare-token#part",
      secrets: [secret],
      headers: { "x-team": "env:HEADER_TEAM", "x-token": "a-bare-token" },
    },
  },
};
const shown = {
  sources: {
    vcc: {
      vendor: "vcc-live",
      keys: ["***", "env:VCC_KEY", "***"],
      encryption: [{ cipher: "aes-256-ctr", key: "***", iv: "query:iv" }],
    },
    old: {
      vendor: "vcc-live",
      keys: ["env:OLD_KEY"],
      guard: { mode: "shadow", ask: "https://old.example.com/login?v=***&key=***" },
    },
  },
  destinations: {
    crm: {
      url: "https://crm.example.com/hooks?token=***&a=***&***#part",
      secrets: ["***"],
      headers: { "x-team": "env:HEADER_TEAM", "x-token": "***" },
    },
  },
};
const nora = { projectId: 7, userId: 41, username: "nora_k" };

const inKv = async () => JSON.parse((await env.CONFIG.get("relay")) ?? "");

beforeEach(() => forgetRelay());

describe("the configuration", () => {
  test("is not there before one was put", async () => {
    expect(await call("GET", "config")).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  test("is in force at once where it was written, and tells what is remarkable about it", async () => {
    const put = await call("PUT", "config", config);
    expect(put.status).toBe(200);
    expect(put.body.warnings).toContainEqual({
      path: "sources.vcc.keys.0",
      message: expect.stringContaining("env:NAME"),
    });
    expect(put.body.warnings).toContainEqual({
      path: "sources.vcc.keys.1",
      message: expect.stringContaining("env:VCC_KEY is not set"),
    });
    expect(await askLogin(nora)).toEqual({ "7": false });
  });

  test("shows no secret, and keeps what was written under its version", async () => {
    const text = JSON.stringify(config);
    await call("PUT", "config", text);
    const got = await call("GET", "config");
    expect(got.body).toEqual(shown);
    expect(got.etag).toBe(`"${await hashText(text)}"`);
    expect(got.headers.get("cache-control")).toBe("no-store");
    expect(await env.CONFIG.get("relay")).toBe(text);
    expect((await call("GET", "config/versions/1")).body).toEqual(shown);
  });

  test("without a secret comes back byte for byte", async () => {
    const text = '{"sources": {\n"vcc": {"vendor": "vcc-live", "keys": ["env:VCC_KEY"]}}}';
    await call("PUT", "config", text);
    expect((await call("GET", "config")).text).toBe(text);
  });

  test("that is not valid is refused with the path of each fault", async () => {
    const bad = { sources: { a: { vendor: "acme", keys: ["k"] }, b: { vendor: "voiso", keys: [] } } };
    const refused = await call("PUT", "config", bad);
    expect(refused.status).toBe(422);
    expect(refused.body.faults).toMatchObject([{ path: "sources.a.vendor" }, { path: "sources.b.keys" }]);
    expect(refused.text).not.toContain('"k"');
    expect(await env.CONFIG.get("relay")).toBeNull();
  });

  test("is not changed against If-Match", async () => {
    const { etag } = await call("PUT", "config", config);
    const next = { ...config, destinations: {} };
    expect((await call("PUT", "config", next, { "if-match": etag ?? "" })).status).toBe(200);
    expect(await call("PUT", "config", config, { "if-match": etag ?? "" })).toMatchObject({
      status: 412,
      body: { code: "precondition_failed" },
    });
    expect(await inKv()).toEqual(next);
  });

  test("comes back by a rollback, with its secrets", async () => {
    await call("PUT", "config", config);
    await call("PUT", "config", { sources: {} });
    expect((await call("POST", "config/rollback", { version: 1 })).status).toBe(200);
    expect(await inKv()).toEqual(config);
    expect((await call("GET", "config/versions")).body.items).toMatchObject([
      { version: 3 },
      { version: 2 },
      { version: 1 },
    ]);
  });
});

describe("GET /api/config/status", () => {
  test("tells the version in force, and what is remarkable about it", async () => {
    expect((await call("GET", "config/status")).body).toMatchObject({ faulty: [], passedOver: false, faults: [] });
    await call("PUT", "config", config);
    const { body } = await call("GET", "config/status");
    expect(body).toEqual({
      version: { version: 1, hash: await hashText(JSON.stringify(config)), who: "admin", since: expect.any(String) },
      faulty: [],
      remarks: expect.arrayContaining([{ path: "sources.vcc.keys.1", message: expect.stringContaining("not set") }]),
      passedOver: false,
      faults: [],
    });
  });

  test("tells that what stands in KV is passed over, and why", async () => {
    await call("PUT", "config", config);
    await env.CONFIG.put("relay", '{"sources":{"a":{"vendor":"nobody","keys":["canary"]}}}');
    const { body, text } = await call("GET", "config/status");
    expect(body).toMatchObject({
      version: { version: 1 },
      faulty: [],
      passedOver: true,
      faults: [{ path: "sources.a.vendor" }],
    });
    expect(text).not.toContain("canary");
  });

  test("tells what is wrong with a faulty version that was put into KV by hand, which is in force", async () => {
    await env.CONFIG.put(
      "relay",
      JSON.stringify({ ...config, destinations: { crm: { ...config.destinations.crm, mask: { phones: "last4" } } } }),
    );
    const { body } = await call("GET", "config/status");
    expect(body).toMatchObject({
      version: { version: 1, who: "kv" },
      faulty: [{ path: "destinations.crm.mask.phones" }],
      passedOver: false,
      faults: [],
    });
  });
});

describe("***", () => {
  beforeEach(() => call("PUT", "config", config));

  test("keeps every secret", async () => {
    expect((await call("PUT", "config", shown)).status).toBe(200);
    expect(await inKv()).toEqual(config);
  });

  test("keeps the others when one is replaced", async () => {
    const edited = structuredClone(shown);
    edited.destinations.crm.headers["x-token"] = "env:HEADER_TOKEN";
    edited.sources.vcc.keys = ["env:NEW_KEY", "***", "***"];
    await call("PUT", "config", edited);
    const expected = structuredClone(config);
    expected.destinations.crm.headers["x-token"] = "env:HEADER_TOKEN";
    expected.sources.vcc.keys = ["env:NEW_KEY", "vcc-key", "vcc-older-key"];
    expect(await inKv()).toEqual(expected);
  });

  test.each([
    ["it is not clear which one it is", ["***"], "it is not clear which of the 2"],
    ["there is one too many", ["***", "***", "***"], "it is not clear which of the 2"],
  ])("is refused where %s", async (_, keys, message) => {
    const edited = structuredClone(shown);
    edited.sources.vcc.keys = keys;
    const refused = await call("PUT", "config", edited);
    expect(refused.status).toBe(422);
    expect(refused.body.faults).toContainEqual({
      path: "sources.vcc.keys.0",
      message: expect.stringContaining(message),
    });
    expect(await inKv()).toEqual(config);
  });

  test("is refused where no secret is kept", async () => {
    const { vcc } = shown.sources;
    const refused = await call("PUT", "config", {
      ...shown,
      sources: { vcc, other: { vendor: "voiso", keys: ["***"] } },
    });
    expect(refused.body.faults).toEqual([
      { path: "sources.other.keys.0", message: "*** stands for a secret that is kept, and here none is" },
    ]);
  });

  test("stands for what a URL's query has under the same name, wherever it stands now", async () => {
    const edited = structuredClone(shown);
    edited.destinations.crm.url = "https://crm.example.com/other?new=1&***&token=***";
    edited.sources.old.guard.ask = "https://old.example.com/v3?key=***";
    expect((await call("PUT", "config", edited)).status).toBe(200);
    const { destinations, sources } = await inKv();
    expect(destinations.crm.url).toBe("https://crm.example.com/other?new=1&bare-token&token=query-token");
    expect(sources.old.guard.ask).toBe("https://old.example.com/v3?key=ask-token");
  });

  test("stands for a whole URL, too", async () => {
    const edited = structuredClone(shown);
    edited.destinations.crm.url = "***";
    edited.sources.old.guard.ask = "***";
    expect((await call("PUT", "config", edited)).status).toBe(200);
    expect(await inKv()).toEqual(config);
  });

  test.each([
    "https://crm.example.com/hooks?secret=***",
    "https://crm.example.com/hooks?token=***&token=***",
    "https://crm.example.com/hooks?token=***&***&***",
  ])("is refused in a query that has nothing of that name: %s", async (url) => {
    const edited = structuredClone(shown);
    edited.destinations.crm.url = url;
    const refused = await call("PUT", "config", edited);
    expect(refused.body.faults).toMatchObject([{ path: "destinations.crm.url" }]);
    expect(await inKv()).toEqual(config);
  });

  test.each([
    "https://evil.example.com/hooks",
    "https://crm.example.com.evil.example/hooks",
    "https://crm.example.com:8443/hooks",
    "http://crm.example.com/hooks",
    "https://crm.example.com@evil.example.com/hooks",
    "https://evil.example.com/?u=https://crm.example.com/",
    "https:\\\\evil.example.com/https://crm.example.com/",
    "crm.example.com",
    "",
  ])("keeps nothing for a destination that is elsewhere now: %s", async (url) => {
    const edited = structuredClone(shown);
    edited.destinations.crm.url = url;
    const refused = await call("PUT", "config", edited);
    expect(refused.status).toBe(422);
    const paths = ["destinations.crm.secrets.0", "destinations.crm.headers.x-token"];
    for (const path of paths)
      expect(refused.body.faults).toContainEqual({ path, message: expect.stringContaining("scheme, host and port") });
    expect(await inKv()).toEqual(config);
  });

  test.each([
    ["destinations.crm.url", { destinations: { crm: { url: "https://evil.example.com/?token=***", secrets: [] } } }],
    [
      "sources.old.guard.ask",
      {
        sources: { old: { ...shown.sources.old, guard: { mode: "shadow", ask: "https://evil.example.com/?key=***" } } },
      },
    ],
  ])("takes no token of a query to another host: %s", async (path, changes) => {
    const refused = await call("PUT", "config", { ...shown, ...changes });
    expect(refused.body.faults).toMatchObject([{ path }]);
    expect(await inKv()).toEqual(config);
  });

  test("keeps nothing for a destination of another name, whatever its URL", async () => {
    const { crm } = shown.destinations;
    for (const url of ["https://crm.example.com/hooks", "https://evil.example.com/hooks"]) {
      const refused = await call("PUT", "config", { ...shown, destinations: { renamed: { ...crm, url } } });
      const paths = ["destinations.renamed.secrets.0", "destinations.renamed.headers.x-token"];
      expect(refused.body.faults).toMatchObject(paths.map((path) => ({ path })));
    }
    const taken = {
      crm: { ...crm, url: "https://bi.example.com/" },
      bi: { ...crm, url: "https://crm.example.com/hooks" },
    };
    expect((await call("PUT", "config", { ...shown, destinations: taken })).status).toBe(422);
    expect(await inKv()).toEqual(config);
  });

  test.each(["https://crm.example.com/other/path", "https://CRM.example.com:443/hooks?x=1"])(
    "keeps secrets for the same origin: %s",
    async (url) => {
      const edited = structuredClone(shown);
      edited.destinations.crm.url = url;
      expect((await call("PUT", "config", edited)).status).toBe(200);
      expect((await inKv()).destinations.crm).toEqual({ ...config.destinations.crm, url });
    },
  );

  test("keeps a source's keys whatever else of it is changed", async () => {
    const vcc = { vendor: "voiso", keys: ["***", "***"], auth: { in: "query", name: "token" } };
    expect((await call("PUT", "config", { ...shown, sources: { vcc } })).status).toBe(200);
    expect((await inKv()).sources.vcc.keys).toEqual(["vcc-key", "vcc-older-key"]);
  });

  test("keeps every digit of a number beside it", async () => {
    const text = JSON.stringify({
      ...shown,
      destinations: { crm: { ...shown.destinations.crm, where: { "data.raw.n": [1] } } },
    });
    await call("PUT", "config", text.replace("[1]", "[9007199254740993]"));
    expect(await env.CONFIG.get("relay")).toContain("9007199254740993");
    expect((await call("GET", "config")).text).toContain("9007199254740993");
  });
});

describe("a secret", () => {
  const canaries = (text: string) => text.match(/canary[a-z-]*/g) ?? [];

  test("in any place that the configuration has for one is in no answer of the API and in no log line", async () => {
    const lines: string[] = [];
    for (const level of ["log", "info", "warn", "error"] as const) {
      vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
    }
    const full = {
      sources: {
        vcc: {
          vendor: "vcc-live",
          keys: ["canary-key", "env:CANARY_KEY"],
          encryption: [{ cipher: "aes-256-ctr", key: "canary-cipher" }],
          guard: {
            mode: "shadow",
            ask: "https://canary-user:canary-password@old.example.com/?k=canary-ask&canary-bare-ask",
          },
        },
      },
      destinations: {
        crm: {
          url: "https://canary-user:canary-password@crm.example.com/?k=canary-query&canary-bare",
          secrets: ["whsec_canary-secret", "canary-secret"],
          headers: { "x-token": "canary-header", authorization: "Bearer canary-bearer\n" },
        },
      },
    };
    await env.CONFIG.put("relay", JSON.stringify(full));
    const answers = await Promise.all([
      ...["config", "config/status", "config/versions", "config/versions/1", "destinations", "destinations/crm"].map(
        (path) => call("GET", path),
      ),
      call("PUT", "config", full),
      call("PUT", "config", {
        ...full,
        destinations: { crm: { ...full.destinations.crm, url: "canary-no-url", format: 5 } },
      }),
      call("POST", "config/rollback", { version: 1 }),
      call("POST", "destinations/crm/test"),
      call("POST", "destinations/crm/resume"),
    ]);
    expect(answers[0]?.status).toBe(200);
    for (const answer of answers) expect(canaries(answer.text)).toEqual([]);
    expect(lines.length).toBeGreaterThan(0);
    expect(canaries(lines.join("\n"))).toEqual([]);
  });

  test("under a name that stands twice is not shown either", async () => {
    await env.CONFIG.put(
      "relay",
      '{"sources":{"a":{"vendor":"voiso","keys":["canary-one"],"keys":["env:KEY"]}},"sources":{"a":{"vendor":"voiso","keys":["env:KEY"],"keys":["env:KEY"]}}}',
    );
    const { status, text } = await call("GET", "config");
    expect([status, canaries(text)]).toEqual([200, []]);
  });

  test("is shown by no configuration with a byte order mark", async () => {
    await env.CONFIG.put(
      "relay",
      `\uFEFF${JSON.stringify({ sources: { a: { vendor: "voiso", keys: ["canary-one"] } } })}`,
    );
    const { status, text } = await call("GET", "config");
    expect([status, canaries(text)]).toEqual([200, []]);
    expect((await call("POST", "config/rollback", { version: 1 })).status).toBe(200);
  });
});
