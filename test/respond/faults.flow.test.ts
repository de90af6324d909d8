import { afterAll, afterEach, describe, expect, test } from "vitest";
import { type Door, problemOf } from "../intake/door.ts";
import { openSink } from "../sink/sink.ts";
import { heard, IVR, openWith, SEARCH, SECRET, toldIn } from "./scene.ts";

let door: Door;
afterEach(() => door.settle());

/** For those that never answer; all others have as long as a busy machine needs. */
const SHORT_MS = 300;
const LONG_MS = 10_000;
const PATIENCE_MS = 5000;

const json = { "content-type": "application/json" };
const plain = { "content-type": "text/plain" };
const nobody = { result: { uniqueId: "crm_id", customers: [] } };
/** What callers were answered, and after how long; --silent=false shows it. */
const table: string[] = [];
afterAll(() => console.info(table.join("\n")));

interface Fault {
  readonly behaviour: object;
  readonly reason: string;
  readonly status?: number;
}

const faults: Readonly<Record<string, Fault>> = {
  "never answers": { behaviour: { fault: "hang" }, reason: "timeout" },
  "answers too late": { behaviour: { delay: 900, headers: json, body: JSON.stringify(nobody) }, reason: "timeout" },
  "drips its body": { behaviour: { fault: "drip", headers: json }, reason: "timeout" },
  "breaks the connection": { behaviour: { fault: "reset" }, reason: "connection" },
  "breaks off amid its body": { behaviour: { fault: "cut", headers: json }, reason: "connection" },
  "speaks no HTTP": { behaviour: { fault: "garbage" }, reason: "connection" },
  fails: { behaviour: { status: 500, headers: json, body: JSON.stringify(nobody) }, reason: "status", status: 500 },
  "is limited": { behaviour: { status: 429, headers: json, body: "{}" }, reason: "status", status: 429 },
  forbids: { behaviour: { status: 403, headers: json, body: "{}" }, reason: "status", status: 403 },
  "sends elsewhere": {
    behaviour: { status: 302, headers: { ...json, location: "http://localhost/" } },
    reason: "status",
    status: 302,
  },
  "says that nothing changed": { behaviour: { status: 304, headers: json }, reason: "status", status: 304 },
  "has no content": { behaviour: { status: 204 }, reason: "type", status: 204 },
  "answers a page": {
    behaviour: { headers: { "content-type": "text/html" }, body: JSON.stringify(nobody) },
    reason: "type",
    status: 200,
  },
  "does not say what it answers": { behaviour: { body: "{}" }, reason: "type", status: 200 },
  "has a content type that is none": {
    behaviour: { headers: { "content-type": "application/json; =; <b>" }, body: "{}" },
    reason: "type",
    status: 200,
  },
  "answers no JSON": { behaviour: { headers: json, body: '{"a":' }, reason: "form", status: 200 },
  "answers 10 MB": { behaviour: { headers: json, size: 10_000_000 }, reason: "too_large", status: 200 },
  "answers a bomb": {
    behaviour: { headers: json, size: 100_000_000, coding: "gzip" },
    reason: "too_large",
    status: 200,
  },
  "answers in a coding that nobody undoes": {
    behaviour: { headers: json, body: "{}", coding: "deflate" },
    reason: "coding",
    status: 200,
  },
  "names its coding in letters that nobody undoes": {
    behaviour: { headers: { ...plain, "content-encoding": "GZIP" }, body: "no text of a menu" },
    reason: "coding",
    status: 200,
  },
  "is damaged in its coding": {
    behaviour: { headers: { ...json, "content-encoding": "gzip" }, body: "no gzip at all" },
    reason: "connection",
  },
};

async function ask(kind: "ivr" | "search", { behaviour, reason }: Fault, otherwise: object) {
  const system = openSink();
  await system.behave(behaviour);
  door = await openWith({
    [kind]: {
      ask: `${system.url}/ask?token=canary-9f7a0c11`,
      secrets: [SECRET],
      timeoutMs: reason === "timeout" ? SHORT_MS : LONG_MS,
      ...otherwise,
    },
  });
  // What a new isolate does for the first time is nobody's fault.
  await door.knock("/in/vcc/user?secret-key=wrong");
  const began = performance.now();
  const response = await door.knock(`${kind === "ivr" ? IVR : SEARCH}&caller=canary-3615550199`);
  return { response, ms: performance.now() - began };
}

describe.each(["ivr", "search"] as const)("a responder of %s", (kind) => {
  test.each(Object.entries(faults))("that %s costs its caller no more than the time limit", async (name, fault) => {
    const { response, ms } = await ask(kind, fault, { otherwise: kind === "ivr" ? "sorry" : nobody });
    const answer = await heard(response);
    table.push(
      `${kind.padEnd(7)} ${name.padEnd(40)} ${answer[0]} ${answer[2].slice(0, 50).padEnd(50)} ${Math.round(ms)} ms`,
    );
    expect(answer).toEqual(
      kind === "ivr" ? [200, "text/plain; charset=utf-8", "sorry"] : [200, "application/json", JSON.stringify(nobody)],
    );
    expect(ms).toBeLessThan(PATIENCE_MS);
    const { reason, status } = fault;
    expect(toldIn(door)).toEqual([
      expect.objectContaining({ kind, outcome: "otherwise", cached: false, reason, ...(status && { status }) }),
    ]);
    expect(door.lines.join()).not.toMatch(/canary|sink-/);
  });

  test.each(Object.entries(faults))(
    "that %s leaves no answer but 503 where there is none for this case",
    async (_, fault) => {
      const { response } = await ask(kind, fault, {});
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      const problem = await problemOf(response);
      expect([response.status, problem]).toMatchObject([503, { code: "no_answer", status: 503 }]);
      expect(JSON.stringify(problem)).not.toMatch(/canary|sink-/);
      expect(toldIn(door)).toMatchObject([{ outcome: "refused" }]);
    },
  );
});

describe("a responder is not asked", () => {
  const unasked = async (responder: object, variables: Record<string, string> = {}) => {
    const system = openSink();
    await system.behave({ headers: plain, body: "hello" });
    door = await openWith(
      { ivr: { ask: system.url, secrets: [SECRET], otherwise: "sorry", ...responder } },
      {},
      variables,
    );
    expect((await heard(await door.knock(IVR)))[2]).toBe("sorry");
    expect(await system.received()).toEqual([]);
    return toldIn(door)[0]?.reason;
  };

  test("by a secret that is not set, or signs nothing", async () => {
    expect(await unasked({ secrets: ["env:NOT_THERE"] })).toBe("unusable_secret");
    expect(await unasked({ secrets: [SECRET, "env:ODD"] }, { ODD: "odd" })).toBe("unusable_secret");
  });

  test("by a header that is not set, that no header can be, or that is ours", async () => {
    expect(await unasked({ headers: { "x-team": "env:HEADER_TEAM" } })).toBe("unresolved_header");
    expect(await unasked({ headers: { "x-team": "a\nb" } })).toBe("unresolved_header");
    expect(await unasked({ headers: { "webhook-id": "1" } })).toBe("unresolved_header");
  });

  test("where it is the relay itself, or not of the public internet", async () => {
    expect(await unasked({ ask: "https://hooks.example.com/x" }, { PUBLIC_URL: "https://hooks.example.com" })).toBe(
      "refused_url",
    );
    expect(await unasked({ ask: "https://relay.example.com/in/vcc/ivr" }, { PUBLIC_URL: "" })).toBe("refused_url");
    expect(await unasked({ ask: "https://10.0.0.1/" }, { ALLOW_PRIVATE_DESTINATIONS: "false" })).toBe("refused_url");
    expect(await unasked({ ask: "no URL" })).toBe("refused_url");
  });
});

test("an answer for this case that the vendor would not take is none", async () => {
  const ask = { ask: "https://10.0.0.1/", secrets: [SECRET], otherwise: { result: 1 } };
  door = await openWith({ search: ask }, {}, { ALLOW_PRIVATE_DESTINATIONS: "false" });
  expect((await door.post(SEARCH, {})).status).toBe(503);
});
