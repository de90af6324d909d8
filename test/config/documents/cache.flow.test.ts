import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DELETION, DocumentCache, type DocumentSource, hashText } from "../../../src/config/documents/cache.ts";
import type { Parsed } from "../../../src/config/documents/parse.ts";
import { recordDeletion } from "../../../src/log/documents/deletions.ts";
import { keepDocument, readLastGood } from "../../../src/log/documents/last-good.ts";

const SECOND = 1000;
const start = Date.parse("2026-11-20T09:00:00Z");

let cache: DocumentCache<string>;
let works: Promise<unknown>[];

/** Any text is a document but one that says it is bad. */
const parse = (text: string): Parsed<string> =>
  text.startsWith("bad")
    ? { state: "invalid", faults: [{ path: "a.b", message: text }] }
    : { state: "valid", value: text };

const document = (changes: Partial<DocumentSource<string>> = {}): DocumentSource<string> => ({
  name: "permissions/acme",
  key: "acme",
  kv: env.PERMISSIONS,
  log: env.LOG,
  parse,
  missing: "fault",
  defer: (work) => works.push(work),
  ...changes,
});

const load = (seconds: number, changes?: Partial<DocumentSource<string>>) =>
  cache.load(document(changes), start + seconds * SECOND);

async function settle(): Promise<void> {
  for (let work = works.shift(); work !== undefined; work = works.shift()) await work;
}

/** KV whose answers are given by hand, in any order. */
function slowKv(): { kv: KVNamespace; answers: ((text: string | null) => void)[] } {
  const answers: ((text: string | null) => void)[] = [];
  const kv = new Proxy(env.PERMISSIONS, {
    get: (target, name) =>
      name === "get" ? () => new Promise((resolve) => answers.push(resolve)) : Reflect.get(target, name),
  });
  return { kv, answers };
}

beforeEach(() => {
  cache = new DocumentCache();
  works = [];
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(settle);

describe("a valid document", () => {
  test("is kept in the log as the last good one", async () => {
    await env.PERMISSIONS.put("acme", "one");
    expect(await load(0)).toEqual({ state: "ready", value: "one", version: await hashText("one"), readAt: start });
    await settle();
    expect(await readLastGood(env.LOG, "permissions/acme")).toEqual({
      hash: await hashText("one"),
      at: start,
      body: "one",
    });
  });

  test("is understood once as long as it does not change", async () => {
    let parsed = 0;
    const counting = (text: string) => {
      parsed++;
      return parse(text);
    };
    await env.PERMISSIONS.put("acme", "one");
    for (const seconds of [0, 31, 62, 93]) await load(seconds, { parse: counting });
    expect(parsed).toBe(1);
  });

  test("that takes long to understand does not count as silence", async () => {
    await env.PERMISSIONS.put("acme", "one");
    const slow = (text: string) => {
      const until = performance.now() + 800;
      while (performance.now() < until) Math.sqrt(until);
      return parse(text);
    };
    expect(await load(0, { parse: slow })).toMatchObject({ state: "ready", value: "one" });
  });
});

describe("KV that is slow", () => {
  test("is heard when it answers after all", async () => {
    await env.PERMISSIONS.put("acme", "one");
    await load(0);
    const { kv, answers } = slowKv();
    expect(await load(40, { kv })).toMatchObject({ value: "one", readAt: start });
    answers[0]?.("two");
    await settle();
    expect(await load(41)).toMatchObject({ value: "two", readAt: start + 40 * SECOND });
  });

  test("is asked anew, and its older answer does not undo the later one", async () => {
    await env.PERMISSIONS.put("acme", "one");
    await load(0);
    await settle();
    const { kv, answers } = slowKv();
    await load(12, { kv });
    await load(13, { kv });
    expect(answers).toHaveLength(2);
    answers[1]?.("three");
    await works.pop();
    expect(await load(14, { kv })).toMatchObject({ value: "three" });
    answers[0]?.("two");
    await settle();
    expect(await load(15, { kv })).toMatchObject({ value: "three", readAt: start + 13 * SECOND });
  });
});

describe("a document that is missing", () => {
  test("is an answer where it may be missing", async () => {
    expect(await load(0, { missing: "answer" })).toEqual({ state: "missing", readAt: start });
  });

  test("is a fault where it may not; the last good one stays in force", async () => {
    await env.PERMISSIONS.put("acme", "one");
    await load(0);
    await settle();
    await env.PERMISSIONS.delete("acme");
    const faults = [{ path: "", message: "missing" }];
    expect(await load(31)).toMatchObject({ state: "ready", value: "one", faults });
    cache.clear();
    expect(await load(62)).toMatchObject({ state: "ready", value: "one", faults });
  });

  test("is unreadable where none ever was", async () => {
    expect(await load(0)).toMatchObject({ state: "unreadable", faults: [{ path: "", message: "missing" }] });
  });
});

describe("a document in the log", () => {
  const answer = { missing: "answer" } as const;
  const silent = () => ({ kv: new Proxy(env.PERMISSIONS, { get: () => () => Promise.reject(new Error("down")) }) });
  const keep = async (body: string, seconds: number) =>
    keepDocument(env.LOG, "permissions/acme", { hash: await hashText(body), at: start + seconds * SECOND, body }, "kv");

  test("that is newer goes before an old copy, once KV is silent", async () => {
    await env.PERMISSIONS.put("acme", "one");
    await load(0);
    await settle();
    await keep("two", 60);
    expect(await load(20, silent())).toMatchObject({ value: "one" });
    expect(await load(90, silent())).toMatchObject({ value: "two", readAt: start + 60 * SECOND });
    await env.PERMISSIONS.put("acme", "three");
    expect(await load(121)).toMatchObject({ value: "three", readAt: start + 121 * SECOND });
  });

  test("that is older than KV's last word does not", async () => {
    await env.PERMISSIONS.put("acme", "one");
    await load(0);
    await settle();
    await env.LOG.prepare("UPDATE document SET hash = 'other', at = ?1")
      .bind(start - 600 * SECOND)
      .run();
    expect(await load(90, silent())).toMatchObject({ value: "one" });
  });

  test("does not bring back what KV showed to be gone", async () => {
    await keep("one", 0);
    expect(await load(60, answer)).toMatchObject({ state: "missing" });
    expect(await load(120, { ...answer, ...silent() })).toMatchObject({ state: "missing" });
    await keep("two", 130);
    expect(await load(140, { ...answer, ...silent() })).toMatchObject({ value: "two" });
  });

  test("is asked for every ten seconds while KV is silent, and no longer than that takes", async () => {
    await env.PERMISSIONS.put("acme", "one");
    await load(0);
    await settle();
    let asked = 0;
    const log = new Proxy(env.LOG, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        if (name !== "prepare") return member.bind(target);
        asked++;
        return () => {
          const statement = { bind: () => statement, all: () => new Promise(() => undefined) };
          return statement;
        };
      },
    });
    const began = performance.now();
    for (const seconds of [40, 41, 49.9]) {
      expect(await load(seconds, { ...silent(), log })).toMatchObject({ value: "one" });
    }
    expect(asked).toBe(1);
    expect(performance.now() - began).toBeLessThan(1000);
    await load(50, { ...silent(), log });
    expect(asked).toBe(2);
    works.length = 0;
  });

  test("that says deleted is an answer, and no fault of what may not be missing", async () => {
    await keep("one", 0);
    const deletion = { hash: DELETION, at: start + 60 * SECOND, body: "{}" };
    await recordDeletion(env.LOG, "permissions/acme", deletion, await hashText("one"));
    expect(await load(90, { ...answer, ...silent() })).toEqual({ state: "missing", readAt: start + 60 * SECOND });
    expect(await readLastGood(env.LOG, "permissions/acme")).toMatchObject({ deleted: true });
  });

  test("is deleted only as the version that was looked at", async () => {
    await keep("one", 0);
    await keep("two", 60);
    const deletion = { hash: DELETION, at: start + 90 * SECOND, body: "{}" };
    await recordDeletion(env.LOG, "permissions/acme", deletion, await hashText("one"));
    expect(await readLastGood(env.LOG, "permissions/acme")).toMatchObject({ body: "two" });
  });

  test("is read as it was meant when this version would not take it any more", async () => {
    await keep("bad one", 0);
    await env.PERMISSIONS.put("acme", "bad one");
    const parseKept = (text: string): Parsed<string> => ({
      state: "faulty",
      value: text.slice("bad ".length),
      faults: [{ path: "a.b", message: text }],
    });
    const hash = await hashText("bad one");
    expect(await load(1, { parseKept })).toMatchObject({ state: "ready", value: "one", version: hash });
    cache.clear();
    expect(await load(2, { parseKept, ...silent() })).toMatchObject({
      state: "ready",
      value: "one",
      faulty: [{ path: "a.b", message: "bad one" }],
    });
  });
});

describe("a document that is not valid", () => {
  test("is passed over, and its faults are told until it is mended", async () => {
    await env.PERMISSIONS.put("acme", "one");
    await load(0);
    await env.PERMISSIONS.put("acme", "bad");
    const faults = [{ path: "a.b", message: "bad" }];
    expect(await load(31)).toMatchObject({ value: "one", version: await hashText("one"), faults });
    expect(await load(62)).toMatchObject({ value: "one", faults });
    await env.PERMISSIONS.put("acme", "one");
    expect(await load(93)).not.toHaveProperty("faults");
  });

  test("is never kept as the last good one", async () => {
    await env.PERMISSIONS.put("acme", "bad");
    await load(0);
    await settle();
    expect(await readLastGood(env.LOG, "permissions/acme")).toBeUndefined();
  });

  test("and has no last good version counts as none where it may be missing, whatever the log does", async () => {
    await env.PERMISSIONS.put("acme", "bad");
    expect(await load(0)).toMatchObject({ state: "unreadable" });
    cache.clear();
    expect(await load(0, { missing: "answer" })).toMatchObject({ state: "missing", faults: [{ path: "a.b" }] });
  });

  test("that was kept by an older version of the schema is not used where nobody can read it", async () => {
    await env.PERMISSIONS.put("acme", "one");
    await load(0);
    await settle();
    cache.clear();
    const strict = (): Parsed<string> => ({ state: "invalid", faults: [{ path: "", message: "not any more" }] });
    expect(await load(1, { parse: strict })).toMatchObject({ state: "unreadable" });
  });
});
