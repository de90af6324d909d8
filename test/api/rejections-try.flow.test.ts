import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { call } from "./call.ts";
import { callAs, makeToken } from "./people/somebody.ts";

const SECRET = "standard-secret-0123456789";
const CANARY = "canary-6f1c2a9b";

beforeEach(async () => {
  const sources = {
    vcc: { vendor: "vcc-live", keys: ["vcc-key-0123456789", "env:SECOND"], timezone: "Europe/Budapest" },
    signed: {
      vendor: "generic",
      keys: [SECRET],
      signature: { header: "x-signature", algorithm: "sha256", encoding: "hex" },
      generic: { event: "event", id: "id" },
    },
  };
  await env.CONFIG.put("relay", JSON.stringify({ sources }));
  forgetRelay();
});

const attempt = (request: object) => call("POST", "rejections/try", request);
const url = "/in/vcc/user?secret-key=vcc-key-0123456789";

async function signOf(body: string): Promise<string> {
  const [text, hash] = [new TextEncoder(), { name: "HMAC", hash: "SHA-256" }];
  const key = await crypto.subtle.importKey("raw", text.encode(SECRET), hash, false, ["sign"]);
  return Buffer.from(await crypto.subtle.sign("HMAC", key, text.encode(body))).toString("hex");
}

describe("a request that is tried", () => {
  it("would be accepted, by the key that has a name", async () => {
    const { status, body } = await attempt({ url, body: '{"a": 1}' });
    expect([status, body]).toEqual([
      200,
      {
        accepted: true,
        status: 200,
        question: false,
        source: "vcc",
        vendor: "vcc-live",
        kind: "user",
        key: "#0",
        signed: false,
        looked: ["query secret-key"],
        came: [],
        warnings: [],
        sentence: "It would be accepted: the key `#0` proves it.",
        next: expect.stringContaining("Nothing."),
      },
    ]);
  });

  it("with a kind that nobody has would be accepted, and is told so without that kind", async () => {
    const { body, text } = await attempt({ url: url.replace("user", CANARY), body: "{}" });
    expect(body).toMatchObject({ accepted: true, sentence: expect.stringContaining("none that the vendor has") });
    expect(text).not.toContain(CANARY);
  });

  it("is known as a login question, and not answered", async () => {
    const body = JSON.stringify({ projectId: 7, userId: 41, username: "nora_k" });
    const tried = await attempt({ url: url.replace("user", "project-login"), body });
    expect(tried.body).toMatchObject({ accepted: true, question: true, kind: "project-login" });
    expect(tried.text).not.toContain("nora_k");
  });

  it("is proved by a signature over exactly these bytes", async () => {
    const body = '{"event":"x","id":1}';
    const headers = { "X-Signature": await signOf(body), "content-encoding": "gzip" };
    const sent = { url: "https://relay.example.com/in/signed", headers };
    expect((await attempt({ ...sent, body })).body).toMatchObject({ accepted: true, key: "#0", signed: true });
    expect((await attempt({ ...sent, body: `${body} ` })).body).toMatchObject({ accepted: false, reason: "wrong_key" });
  });

  it.each([
    ["no_key", 401, { url: "/in/vcc/user?key=abc" }, "The key came in query `key`"],
    ["wrong_key", 401, { url: "/in/vcc/user?secret-key=other" }, "none of this source's keys"],
    ["unknown_source", 401, { url: "/in/vc/user" }, "No source is called `vc`"],
    ["method_not_allowed", 405, { url, method: "patch" }, "by a method"],
    ["malformed", 400, { url, body: "<xml/>" }, "neither JSON nor a form"],
    ["invalid_question", 422, { url: url.replace("user", "project-login"), body: "{}" }, "names no project"],
    ["too_large", 413, { url, body: "x".repeat(1_048_577) }, "more than 1 MiB"],
    ["not_found", 404, { url: "/inside/vcc" }, "none of this relay's"],
  ])("is refused for %s with the next step", async (reason, answered, request, sentence) => {
    const { status, body } = await attempt(request);
    expect([status, body]).toMatchObject([200, { accepted: false, status: answered, reason }]);
    expect(body.sentence).toContain(sentence);
    expect(String(body.next).length).toBeGreaterThan(10);
  });

  it.each([{ url: "http://[" }, { url, headers: { "bad name": "1" } }, { url: "" }, { url, more: 1 }])(
    "that is none is not judged: %j",
    async (request) => {
      expect((await attempt(request)).status).toBe(422);
    },
  );
});

describe("nothing of it", () => {
  const lines: string[] = [];
  beforeEach(() => {
    for (const level of ["log", "info", "warn", "error"] as const) {
      vi.spyOn(console, level).mockImplementation((line) => lines.push(String(line)));
    }
  });
  afterEach(() => lines.splice(0));

  it("is counted, kept, logged or told again", async () => {
    const rows = async () =>
      Promise.all(
        ["event", "rejection", "refused_request", "spool", "tally", "agent", "audit"].map((table) =>
          env.LOG.prepare(`SELECT count(*) AS n FROM ${table}`).first("n"),
        ),
      );
    const flushed = () => new Promise((resolve) => setTimeout(resolve, 1500));
    // What an earlier test noted may still be on its way.
    await flushed();
    const before = await rows();
    const question = JSON.stringify({ projectId: 7, userId: 41, username: CANARY });
    const told = await Promise.all([
      attempt({ url, headers: { "user-agent": CANARY, cookie: CANARY }, body: `{"name": "${CANARY}"}` }),
      attempt({ url: url.replace("user", "project-login"), body: question }),
      attempt({ url: `/in/vcc/user?secret-key=${CANARY}`, body: CANARY }),
      attempt({ url: `/in/vcc/user?key=${CANARY}` }),
      attempt({ url, body: `<${CANARY}>` }),
    ]);
    await flushed();
    expect(await rows()).toEqual(before);
    for (const { text } of told) {
      expect(text).not.toContain(CANARY);
      expect(text).not.toContain("vcc-key-0123456789");
    }
    expect(lines.join("\n")).not.toContain(CANARY);
    expect(lines.join("\n")).not.toContain("webhook.");
  });

  it("names a key that stands where the source's name belongs", async () => {
    const { text } = await attempt({ url: "/in/vcc-key-0123456789/user" });
    expect(text).not.toContain("vcc-key-0123456789");
  });
});

it("looks for no key: whoever has tried too many wrong ones is stopped", async () => {
  const { token } = await makeToken("operator");
  const { name } = (await callAs(token, "GET", "me")).body;
  const isFull = async () => !(await env.FAILURES.limit({ key: `try ${name}` })).success;
  await vi.waitUntil(isFull, { timeout: 60_000, interval: 0 });
  const wrong = await callAs(token, "POST", "rejections/try", { url: "/in/vcc/user?secret-key=guess" });
  expect([wrong.status, wrong.body.code]).toEqual([429, "too_many_failures"]);
  expect((await callAs(token, "POST", "rejections/try", { url })).body).toMatchObject({ accepted: true });
});

describe("a question that is tried", () => {
  const responder = { ask: "https://crm.example.com/vcc", secrets: [] };
  const ask = async (method: string, path: string) =>
    (await attempt({ method, url: `${path}?secret-key=vcc-key-0123456789`, body: "{}" })).body;
  const configure = (responders: object) =>
    env.CONFIG.put(
      "relay",
      JSON.stringify({ sources: { vcc: { vendor: "vcc-live", keys: ["vcc-key-0123456789"], responders } } }),
    );

  it.each([
    ["PUT", "search", "one of GET, POST."],
    ["DELETE", "search", "one of GET, POST."],
    ["PATCH", "ivr", "one of GET, POST, PUT, DELETE."],
    ["PATCH", "user", "one of GET, POST, PUT."],
    ["PATCH", "", "POST, which every kind takes."],
  ])("by %s to %s is told the methods that are taken there", async (method, kind, methods) => {
    await configure({ ivr: responder, search: responder });
    forgetRelay();
    expect(await ask(method, `/in/vcc/${kind}`)).toMatchObject({
      status: 405,
      next: `Have the vendor use ${methods}`,
    });
  });

  it("by DELETE is told of the responder that is missing", async () => {
    const next = expect.stringContaining("`sources.vcc.responders`");
    expect(await ask("DELETE", "/in/vcc/ivr")).toMatchObject({ status: 405, next });
  });
});
