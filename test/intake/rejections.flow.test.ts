import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Door, openDoor } from "./door.ts";

interface Row {
  readonly source: string;
  readonly reason: string;
  readonly detail: string;
  readonly times: number;
  readonly bytes: number | null;
  readonly sha256: string | null;
}

let door: Door;
beforeEach(async () => {
  door = await openDoor({ body: { vendor: "ucontact", keys: ["live-key"], auth: [{ in: "body" }, { in: "header" }] } });
});
afterEach(() => door.settle());

const FLUSHED = 3000;
const sha256 = async (text: string) =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

async function rows(): Promise<Row[]> {
  await door.settle(FLUSHED);
  const query = "SELECT source, reason, detail, times, bytes, sha256 FROM rejection ORDER BY source, reason, detail";
  return (await env.LOG.prepare(query).all<Row>()).results;
}

describe("of requests without a live key", () => {
  test("the log keeps where a key was looked for, and how often", async () => {
    await door.post("/in/vcc/user", { a: 1 });
    await door.post("/in/vcc/user?secret-key=wrong-1", { a: 1 });
    await door.post("/in/vcc/user?secret-key=wrong-2", { b: 1 });
    await door.post("/in/nobody?key=wrong", { a: 1 });
    await door.knock("/in/body", { method: "POST", body: "{" });
    const nothing = { bytes: null, sha256: null };
    expect(await rows()).toEqual([
      {
        source: "body",
        reason: "no_key",
        detail: '{"places":["body key","header authorization"],"body":"malformed"}',
        times: 1,
        ...nothing,
      },
      { source: "nobody", reason: "unknown_source", detail: '{"places":[]}', times: 1, ...nothing },
      { source: "vcc", reason: "no_key", detail: '{"places":["query secret-key"]}', times: 1, ...nothing },
      { source: "vcc", reason: "wrong_key", detail: '{"places":["query secret-key"]}', times: 2, ...nothing },
    ]);
  });

  test("the log keeps whether a signature was shown, of either family", async () => {
    await rows();
    const keys = ["whsec_bmV3ZXItc2VjcmV0LW9mLTI0LWJ5dGVz"];
    door = await openDoor({ signed: { vendor: "generic", keys, signature: "standard-webhooks" } });
    await door.post("/in/signed", {}, { "svix-signature": "v1,AAAA" });
    await door.post("/in/signed", {}, { "webhook-signature": "v1,AAAA" });
    await door.post("/in/signed", {});
    expect((await rows()).map(({ reason, times }) => [reason, times])).toEqual([
      ["no_key", 1],
      ["wrong_key", 2],
    ]);
  });

  test("the log keeps nothing of body, query or headers", async () => {
    const canary = "canary-4711";
    const request = {
      method: "POST",
      body: `{"${canary}":"${canary}","key":"${canary}"}`,
      headers: { authorization: canary },
    };
    for (const path of ["/in/body", "/in/vcc/user", "/in/vcc/ivr", "/in/nobody"]) {
      await door.knock(`${path}?secret-key=${canary}&key=${canary}`, request);
    }
    expect(await rows()).toHaveLength(3);
    expect(JSON.stringify([await rows(), door.lines])).not.toContain(canary);
  });

  test("made-up source ids are cut to size and few", async () => {
    await door.post(`/in/${"x".repeat(100)}%3Cb%3E`, {});
    for (let n = 0; n < 40; n++) await door.post(`/in/made-up-${n}`, {});
    const found = await rows();
    const ids = found.map(({ source }) => source);
    expect(ids).toContain("x".repeat(64));
    expect(ids).toContain("*");
    expect(ids.length).toBeLessThanOrEqual(42);
    expect(found.reduce((sum, { times }) => sum + times, 0)).toBe(41);
  });

  test("a live key in the place of a source id is no name", async () => {
    await door.post("/in/ucontact-key", {});
    expect(await rows()).toMatchObject([{ source: "*", reason: "unknown_source" }]);
  });

  test("no key in a path is kept or logged, wherever it stands", async () => {
    await rows();
    const key = "a-live-key-of-the-path";
    door = await openDoor({ path: { vendor: "generic", keys: [key], auth: { in: "path" } } });
    const paths = [
      `x${key.replaceAll("-", "%252D")}`,
      "<key>",
      "<key>.x",
      "x%61<key>y/-/<key>",
      "<key!>",
      "path/-/<key>x",
      "/-/<key>",
      "path/-/<key>/<key>",
    ];
    for (const path of paths) {
      await door.post(`/in/${path.replaceAll("<key>", key).replace("<key!>", key.replaceAll("-", "!-"))}`, {});
    }
    const kept = await rows();
    expect(kept.reduce((sum, { times }) => sum + times, 0)).toBe(paths.length - 1);
    expect(new Set(kept.map(({ source }) => source))).toEqual(new Set(["*", "path", "-"]));
    expect(JSON.stringify([kept, door.lines, door.queued])).not.toContain(key);
  });

  test("a burst is written in a few statements", async () => {
    await rows();
    for (let n = 0; n < 100; n++) await door.post("/in/vcc/user?secret-key=wrong", {});
    expect(await rows()).toMatchObject([{ times: 100 }]);
  });
});

describe("of refused webhooks", () => {
  const path = "/in/vcc/user?secret-key=vcc-key";

  test("the log keeps length, digest and member names", async () => {
    const body = '{"old": {"name": "Nora", "mail": 5, "9": [{"x": "y"}]}, "vcc-key": 1, "projectId": 7}';
    await door.knock("/in/vcc/project-login?secret-key=vcc-key", { method: "POST", body });
    const [row, ...others] = await rows();
    expect(others).toEqual([]);
    const [bytes, digest] = [body.length, await sha256(body)];
    expect(row).toMatchObject({ source: "vcc", reason: "invalid_question", times: 1, bytes, sha256: digest });
    expect(JSON.parse(JSON.parse(row?.detail ?? "").skeleton)).toEqual({
      old: { name: "", mail: "", "9": [{ x: "" }] },
      "[scrubbed]": "",
      projectId: "",
    });
  });

  test("the log keeps the names that are left in what cannot be read", async () => {
    door = await openDoor({ long: { vendor: "generic", keys: ["a-longer-key"] } });
    const body = '{"name": "Nora Kis", "vcc-key": 1, "my-a-longer-key": 2, "note": "a: b", "time": 2026-11-20';
    await door.knock(path, { method: "POST", body });
    const [row] = await rows();
    expect(row?.reason).toBe("malformed");
    expect(JSON.parse(JSON.parse(row?.detail ?? "").skeleton)).toEqual({ name: "", note: "", time: "" });
  });

  test("a skeleton has 2 KB at most", async () => {
    const members = Array.from({ length: 500 }, (_, n) => [`ő-member-${n}`, n]);
    await door.post("/in/vcc/ivr?secret-key=vcc-key", Object.fromEntries(members));
    const [row] = await rows();
    const { skeleton } = JSON.parse(row?.detail ?? "");
    const size = new TextEncoder().encode(skeleton).byteLength;
    expect(size).toBeLessThanOrEqual(2048);
    expect(size).toBeGreaterThan(2040);
  });

  test("the reason says what is wrong with them", async () => {
    await door.knock(path, { method: "POST", body: "x".repeat(1_048_577) });
    await door.knock("/in/vcc/search?secret-key=vcc-key", { method: "POST", body: "{}" });
    await door.knock(path, { method: "POST", body: "hello" });
    expect((await rows()).map(({ reason }) => reason)).toEqual(["malformed", "not_supported", "too_large"]);
  });

  test("bodies that are alike share a row, which keeps length and digest of the last one", async () => {
    for (let n = 0; n < 3; n++) await door.knock(path, { method: "POST", body: `{"name": "${n}"` });
    await rows();
    const last = '{"name": "the last"';
    await door.knock(path, { method: "POST", body: last });
    const [bytes, digest] = [last.length, await sha256(last)];
    expect(await rows()).toMatchObject([{ reason: "malformed", times: 4, bytes, sha256: digest }]);
  });
});

test("a log line tells receipt, source, kind and key reference, and neither query nor body", async () => {
  await door.post("/in/vcc/sms?secret-key=vcc-key&canary=1", { canary: "canary" });
  const [line] = door.lines.filter((text) => text.includes("webhook.received"));
  expect(JSON.parse(line ?? "")).toEqual({
    event: "webhook.received",
    receipt: door.queued[0]?.receipt,
    source: "vcc",
    kind: "sms",
    key: "env:VCC_KEY",
    bytes: 19,
    ms: expect.any(Number),
  });
});

describe("refused requests are kept one by one", () => {
  const agent = { "user-agent": "VendorBot/1.0", "cf-connecting-ip": "203.0.113.7" };
  const requests = async (order: "request" | "source" = "request") => {
    await door.settle(FLUSHED);
    return (await env.LOG.prepare(`SELECT * FROM refused_request ORDER BY ${order}`).all()).results;
  };

  test("under the id that the answer named, with the network, the agent and the kind", async () => {
    const answers = [
      await door.post("/in/vcc/user?secret-key=wrong", { a: 1 }, agent),
      await door.post("/in/vcc/mobile-disposition?secret-key=vcc-key&x=1", [], { ...agent, "content-encoding": "br" }),
      await door.post("/in/vcc/made-up", { a: 1 }, agent),
      await door.post("/in/nobody", { a: 1 }, { "cf-connecting-ip": "2001:db8:1:2::3" }),
    ];
    const ids = await Promise.all(answers.map(async (answer) => (await answer.json<{ instance: string }>()).instance));
    const known = { agent: "VendorBot/1.0", address: "203.0.113", bytes: null, came: null };
    const kept = await requests();
    expect(ids.map((id) => kept.find(({ request }) => request === id))).toEqual([
      { request: ids[0], lot: "vcc", source: "vcc", kind: "user", reason: "wrong_key", status: 401, ...known },
      {
        request: ids[1],
        lot: "vcc",
        source: "vcc",
        kind: "call-disposition",
        reason: "unknown_coding",
        status: 400,
        ...known,
        bytes: 2,
      },
      { request: ids[2], lot: "vcc", source: "vcc", kind: null, reason: "no_key", status: 401, ...known },
      {
        request: ids[3],
        lot: "*",
        source: "nobody",
        kind: null,
        reason: "unknown_source",
        status: 401,
        bytes: null,
        agent: null,
        address: "2001:db8:1",
        came: null,
      },
    ]);
  });

  test("with the usual places where something stood that nobody looks at, and only their names", async () => {
    await door.post("/in/vcc/user?key=vcc-older-key-x&colour=blue", {}, { "x-api-key": "wrong-4711", "x-mine": "1" });
    await door.post("/in/vcc/-/wrong-4711/user", {});
    await door.post("/in/vcc/user?secret-key=wrong&key=wrong", {});
    await door.post("/in/nobody?key=wrong-4711", {});
    const kept = await requests();
    expect(kept.map(({ came }) => came).toSorted()).toEqual([null, null, "path", "query key, header x-api-key"]);
    expect(JSON.stringify(kept)).not.toContain("4711");
    const { results } = await env.LOG.prepare("SELECT detail FROM rejection WHERE reason = 'no_key'").all<Row>();
    expect(results.map(({ detail }) => JSON.parse(detail).came).toSorted()).toEqual([
      ["path"],
      ["query key", "header x-api-key"],
    ]);
  });

  test("also where the method is none of a webhook's, without made-up names", async () => {
    await door.knock("/in/vcc/user", { method: "PATCH", headers: agent });
    await door.knock("/in/nobody/user", { method: "DELETE", headers: agent });
    // Whose it was is looked up behind the answer.
    await door.settle();
    const found = { reason: "method_not_allowed", status: 405, agent: "VendorBot/1.0" };
    // Ids of one millisecond stand in any order.
    expect(await requests("source")).toMatchObject([
      { ...found, source: "*", kind: null },
      { ...found, source: "vcc", kind: "user" },
    ]);
  });

  test("a live key in the user agent is blanked before it is cut", async () => {
    await door.post("/in/vcc/user", {}, { "user-agent": `${"x".repeat(190)} vcc-older-key` });
    const [row] = await requests();
    expect(row?.agent).not.toContain("vcc-old");
  });

  test("the counters say how many of them are", async () => {
    for (let n = 0; n < 8; n++) await door.post("/in/vcc/user?secret-key=wrong", {}, agent);
    await requests();
    const counters = await env.LOG.prepare("SELECT times, kept FROM rejection").all();
    expect(counters.results).toEqual([{ times: 8, kept: 5 }]);
  });
});
