import { env } from "cloudflare:workers";
import canonicalize from "canonicalize";
import { describe, expect, it, vi } from "vitest";
import { Requests } from "../../../src/janitor/requests.ts";
import { tellHead } from "../../../src/janitor/tell-head.ts";
import { entryAfter, NO_ENTRY } from "../../../src/log/audit/entry.ts";
import { recordFailedSignIn } from "../../../src/log/audit/failed-sign-ins.ts";
import { searchAudit } from "../../../src/log/audit/list.ts";
import { MAX_VERIFIED, verifyAudit } from "../../../src/log/audit/verify.ts";
import { readHead, writeAudited } from "../../../src/log/audit/write.ts";
import { sha256Hex } from "../../../src/platform/digest.ts";
import { aDeed } from "../../deed.ts";
import { failingLog } from "../../delivery/faulty-log.ts";
import { aWork } from "../../work.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z");
const HOUR = 3_600_000;

const beat = (name: string, at = 0) =>
  env.LOG.prepare("INSERT INTO beat (name, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING").bind(name, at);
const write = (what: string, now = NOON, more: object = {}) =>
  writeAudited(env.LOG, [], { ...aDeed, what, ...more }, now);
const verify = (after = 0, wanted?: string) => verifyAudit(env.LOG, after, wanted);
const whole = async () => {
  const { broken } = await verify();
  return broken ?? "whole";
};
const count = (table: string) => env.LOG.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>("n");

async function writeSix(): Promise<void> {
  for (const what of ["one", "two", "three", "four", "five", "six"])
    await write(what, NOON, { reason: `because ${what}` });
}

describe("an entry", () => {
  it("is hashed over canonical JSON, and so can be checked by anybody", async () => {
    await write("first", NOON, { before: "b", after: "a", reason: "why" });
    const row = await env.LOG.prepare("SELECT * FROM audit").first<Record<string, unknown>>();
    const side = await env.LOG.prepare("SELECT * FROM audit_person").first<Record<string, unknown>>();
    const { hash, ...link } = row ?? {};
    expect(hash).toBe(await sha256Hex(canonicalize({ ...link, previous: "" }) ?? ""));
    expect(link).toMatchObject({ seq: 1, at: NOON, role: "admin", action: "test.done", before: "b", after: "a" });
    expect(link.who).toBe(await sha256Hex(canonicalize([side?.salt, "who", "ada"]) ?? ""));
    expect(JSON.stringify(row)).not.toMatch(/"ada"|first|why/);
    expect(side).toMatchObject({ seq: 1, who: "ada", what: "first", reason: "why" });
  });

  it("stands with its change, or neither does", async () => {
    await writeAudited(env.LOG, [beat("one")], aDeed, NOON);
    await writeAudited(env.LOG, [beat("one")], aDeed, NOON);
    expect([await count("beat"), await count("audit"), await count("audit_person")]).toEqual([1, 1, 1]);
    const refused = env.LOG.prepare("INSERT INTO beat (name) VALUES ('no time')");
    await expect(writeAudited(env.LOG, [refused], aDeed, NOON)).rejects.toThrow("NOT NULL");
    const failing = failingLog("INSERT INTO audit ");
    await expect(writeAudited(failing, [beat("two")], aDeed, NOON)).rejects.toThrow("connection lost");
    expect([await count("beat"), await count("audit")]).toEqual([1, 1]);
  });

  it("never comes before the one before it, whatever a clock says", async () => {
    await write("late", NOON + HOUR);
    await write("early", NOON);
    expect(await readHead(env.LOG)).toMatchObject({ seq: 2, at: NOON + HOUR });
  });

  it("of text that is half a character is hashed all the same", async () => {
    await write("\ud800", NOON, { who: "\udc00" });
    expect(await whole()).toBe("whole");
  });
});

describe("twenty writers at once", () => {
  it("make one chain, and each change has its entry", async () => {
    const names = Array.from({ length: 20 }, (_, number) => `writer-${number}`);
    await Promise.all(
      names.map((name) => writeAudited(env.LOG, [beat(name)], { ...aDeed, who: name, what: name }, NOON)),
    );
    expect(await verify()).toMatchObject({ head: { seq: 20 }, next: undefined });
    expect(await whole()).toBe("whole");
    const { entries } = await searchAudit(env.LOG, {}, 50);
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, at) => 20 - at));
    expect(entries.map(({ who }) => who).sort()).toEqual([...names].sort());
    expect(await count("beat")).toBe(20);
  });
});

describe("a chain that somebody broke", () => {
  it.each([
    ["an entry changed", "UPDATE audit SET action = 'nothing' WHERE seq = 3", { seq: 3, why: "changed" }],
    [
      "an entry changed with its hash",
      "UPDATE audit SET hash = lower(hex(randomblob(32))) WHERE seq = 3",
      { seq: 3, why: "changed" },
    ],
    ["an entry taken away", "DELETE FROM audit WHERE seq = 4", { seq: 4, why: "missing" }],
    ["the first taken away", "DELETE FROM audit WHERE seq = 1", { seq: 1, why: "missing" }],
    ["a time changed", "UPDATE audit SET at = at + 1 WHERE seq = 6", { seq: 6, why: "changed" }],
    ["a name changed", "UPDATE audit_person SET who = 'eve' WHERE seq = 2", { seq: 2, why: "personal_part_changed" }],
    [
      "a reason changed",
      "UPDATE audit_person SET reason = NULL WHERE seq = 2",
      { seq: 2, why: "personal_part_changed" },
    ],
    ["a time that is none", "UPDATE audit SET at = 'x' WHERE seq = 3", { seq: 3, why: "changed" }],
    ["bytes where a text was", "UPDATE audit SET role = x'00' WHERE seq = 6", { seq: 6, why: "changed" }],
    [
      "bytes where a name was",
      "UPDATE audit_person SET who = x'00' WHERE seq = 2",
      { seq: 2, why: "personal_part_changed" },
    ],
    ["a salt changed", "UPDATE audit_person SET salt = '00' WHERE seq = 5", { seq: 5, why: "personal_part_changed" }],
  ])("tells where: %s", async (_, sql, broken) => {
    await writeSix();
    expect(await whole()).toBe("whole");
    await env.LOG.prepare(sql).run();
    expect(await whole()).toEqual(broken);
  });

  it("is listed and goes on all the same, whatever form the change has", async () => {
    await writeSix();
    await env.LOG.prepare("UPDATE audit SET at = 'x', hash = x'00', before = x'00' WHERE seq = 6").run();
    await env.LOG.prepare("UPDATE audit_person SET who = x'00' WHERE seq = 5").run();
    await write("seven");
    const { entries } = await searchAudit(env.LOG, {}, 3);
    expect(entries.map(({ seq, who, hash }) => [seq, who, hash.length])).toEqual([
      [7, aDeed.who, 64],
      [6, aDeed.who, "(changed)".length],
      [5, "(changed)", 64],
    ]);
    expect((await verify(5)).broken).toEqual({ seq: 6, why: "changed" });
  });

  it("tells of one that was made anew from the middle by a hash that was noted before", async () => {
    await writeSix();
    const { hash } = await readHead(env.LOG);
    expect(await verify(0, hash)).toMatchObject({ found: 6 });
    await env.LOG.batch([
      env.LOG.prepare("DELETE FROM audit WHERE seq > 3"),
      env.LOG.prepare("DELETE FROM audit_person WHERE seq > 3"),
    ]);
    for (const what of ["four", "five", "six", "seven"]) await write(what);
    expect(await whole()).toBe("whole");
    expect((await verify(0, hash)).found).toBeUndefined();
  });
});

describe("a chain whose people are erased", () => {
  it("stays whole, and tells neither who, nor on what, nor why", async () => {
    await writeSix();
    await env.LOG.prepare("DELETE FROM audit_person WHERE seq IN (2, 5)").run();
    expect(await whole()).toBe("whole");
    const { entries } = await searchAudit(env.LOG, {}, 10);
    expect(entries.find(({ seq }) => seq === 5)).toMatchObject({
      who: null,
      what: null,
      reason: null,
      action: "test.done",
    });
    expect((await searchAudit(env.LOG, { what: "five" }, 10)).entries).toEqual([]);
  });
});

describe("a long chain", () => {
  it("is looked at in parts, and each begins with what the one before ended with", async () => {
    const head = await fill(MAX_VERIFIED + 10);
    const first = await verify();
    expect(first).toMatchObject({ head: { seq: MAX_VERIFIED + 10 }, next: MAX_VERIFIED });
    expect(first.broken).toBeUndefined();
    expect(await verify(MAX_VERIFIED, head)).toMatchObject({ next: undefined, found: MAX_VERIFIED + 10 });
    await env.LOG.prepare("UPDATE audit SET role = 'x' WHERE seq = ?1")
      .bind(MAX_VERIFIED + 1)
      .run();
    expect((await verify(MAX_VERIFIED)).broken).toEqual({ seq: MAX_VERIFIED + 1, why: "changed" });
    expect((await verify(MAX_VERIFIED + 11)).broken).toEqual({ seq: MAX_VERIFIED + 11, why: "missing" });
  });

  it("is listed in pages, by who, on what and when, without looking at all of it", async () => {
    for (let at = 0; at < 6; at++) await write(at < 3 ? `permissions/a/users/${at}` : "relay", NOON + at * HOUR);
    const seqs = async (search: object, limit = 10) => {
      const { entries, next } = await searchAudit(env.LOG, search, limit);
      return [entries.map(({ seq }) => seq), next];
    };
    expect(await seqs({}, 4)).toEqual([[6, 5, 4, 3], 3]);
    expect(await seqs({ before: 3 })).toEqual([[2, 1], undefined]);
    expect(await seqs({ who: "eve" })).toEqual([[], undefined]);
    expect(await seqs({ what: "permissions/a*" })).toEqual([[3, 2, 1], undefined]);
    expect(await seqs({ what: "permissions/a" })).toEqual([[], undefined]);
    expect(await seqs({ since: NOON + 2 * HOUR, until: NOON + 4 * HOUR })).toEqual([[4, 3], undefined]);
    expect(await seqs({ since: NOON + 9 * HOUR })).toEqual([[], undefined]);
    expect(await seqs({ until: NOON })).toEqual([[], undefined]);
    const plan = await env.LOG.prepare(
      "EXPLAIN QUERY PLAN SELECT seq FROM audit WHERE at >= 1 ORDER BY at, seq LIMIT 1",
    ).all<{ detail: string }>();
    expect(plan.results.map(({ detail }) => detail).join()).toContain("audit_at");
  });

  /** Copies of one entry would break the chain: each is written, many at a time. */
  async function fill(entries: number): Promise<string> {
    let head = NO_ENTRY;
    const rows: object[] = [];
    for (let made = 0; made < entries; made++) {
      const { link, hash } = await entryAfter(head, aDeed, NOON);
      head = { seq: link.seq, at: link.at, hash };
      rows.push({ ...link, hash });
    }
    const of = (name: string) => `value ->> '${name}'`;
    const columns = ["seq", "at", "role", "action", "before", "after", "who", "what", "reason", "hash"];
    await env.LOG.prepare(`INSERT INTO audit (${columns.join()}) SELECT ${columns.map(of).join()} FROM json_each(?1)`)
      .bind(JSON.stringify(rows))
      .run();
    return head.hash;
  }
});

describe("failed sign-ins", () => {
  it("are told once an hour and part of an address, and of a hundred parts at most", async () => {
    const hour = Math.floor(NOON / HOUR) * HOUR;
    await Promise.all([1, 2, 3].map(() => recordFailedSignIn(env.LOG, "203.0.113", hour)));
    await recordFailedSignIn(env.LOG, "203.0.113", hour + HOUR - 1);
    expect(await count("audit")).toBe(1);
    await recordFailedSignIn(env.LOG, "203.0.113", hour + HOUR);
    await recordFailedSignIn(env.LOG, "203.0.114", hour + HOUR);
    expect(await count("audit")).toBe(3);
    for (let at = 0; at < 105; at++) await recordFailedSignIn(env.LOG, `10.0.${at}`, hour + HOUR);
    expect(await count("audit")).toBe(101);
    expect(await count("failed_sign_in")).toBe(100);
    const { entries } = await searchAudit(env.LOG, { who: "203.0.114" }, 1);
    expect(entries).toMatchObject([{ action: "sign_in.failed", role: "none" }]);
  });
});

describe("the head", () => {
  it("goes to the Worker's log at the beginning of each UTC day", async () => {
    const lines = vi.spyOn(console, "info").mockImplementation(() => undefined);
    await writeSix();
    const { hash } = await readHead(env.LOG);
    const midnight = Date.parse("2026-11-21T00:00:30Z");
    for (const now of [midnight, NOON, midnight + 10 * 60_000]) {
      await tellHead({ ...aWork({ now }), relay: undefined, requests: new Requests() });
    }
    expect(lines.mock.calls).toEqual([[JSON.stringify({ event: "audit.head", entries: 6, head: hash })]]);
  });
});
