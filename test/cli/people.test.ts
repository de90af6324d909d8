import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRelay } from "../e2e/relay.ts";
import { runCommand } from "./command.ts";

let relay: Awaited<ReturnType<typeof openRelay>>;

beforeAll(async () => {
  relay = await openRelay({
    sources: { voiso: { vendor: "voiso", keys: ["bare-key"] } },
    destinations: { crm: { url: "https://crm.example.com/hooks", secrets: [] } },
  });
});

afterAll(() => relay?.close());

const run = (...args: string[]) => runCommand([...args, "--url", relay.url]);
const as = (token: string, ...args: string[]) => run(...args, "--token", token);

describe("tokens", () => {
  test("are made, listed, used and ended", async () => {
    expect((await run("tokens")).out).toContain("no named tokens");
    const { code, out } = await run("tokens", "create", "ada", "--role", "viewer", "--expires", "2999-01-01");
    const [token = "", note] = out.split("\n");
    expect([code, token, note]).toEqual([0, expect.stringMatching(/^hst_/), "for ada, viewer; it is not shown again"]);
    expect((await as(token, "tail", "--follow", "0")).code).toBe(0);
    expect(await as(token, "tokens")).toMatchObject({ code: 1, err: expect.stringContaining("needs the role admin") });
    const { out: list } = await run("tokens", "list");
    expect(list).toMatch(/ada +viewer +\d{4}-.+Z +2999-01-01T00:00:00Z +[0-9a-z]{12}/);
    expect(list).not.toContain(token);
    expect((await run("tokens", "delete", "ada")).out).toBe("ended: ada, viewer\n");
    expect((await as(token, "tail", "--follow", "0")).err).toContain("does not take this token");
  });

  test("for a program are JSON", async () => {
    const { out } = await run("tokens", "create", "crm", "--role", "receiver", "--destination", "crm", "--json");
    const made = JSON.parse(out);
    expect(made).toMatchObject({ name: "crm", role: "receiver", destination: "crm", token: expect.any(String) });
    expect((await run("tokens")).out).toContain("receiver of crm");
    expect(JSON.parse((await run("tokens", "--json")).out).items).toMatchObject([{ id: made.id, maker: "admin" }]);
    expect(JSON.parse((await run("tokens", "delete", made.id, "--json")).out)).toMatchObject({ id: made.id });
  });

  test.each([
    [["create", "x"], 2, "--role"],
    [["create", "x", "--role", "root"], 2, "--role"],
    [["create", "x", "--role", "receiver"], 2, "destination"],
    [["create", "a@b", "--role", "viewer"], 2, "1 to 64 letters"],
    [["delete", "nobody"], 1, "no token has the name or id nobody"],
  ])("%j is refused with %i", async (args, code, sentence) => {
    expect(await run("tokens", ...args)).toMatchObject({ code, out: "", err: expect.stringContaining(sentence) });
  });
});

describe("audit", () => {
  test("tells who did what, and whether that is all", async () => {
    const { out } = await run("audit");
    expect(out).toMatch(/^ {2}[\d-]* ?\d\d:\d\d:\d\d +admin \(admin\) +token\.deleted +tokens\/[0-9a-z]{12} crm\n/m);
    const some = JSON.parse((await run("audit", "list", "--what", "tokens/*", "--limit", "1", "--json")).out);
    expect(some).toMatchObject({ items: [{ action: "token.deleted" }], next: expect.any(Number) });
    expect((await run("audit", "--who", "nobody")).out).toBe("nothing of the kind was done\n");
    expect((await run("audit", "--since", "soon")).err).toContain("not a time");
    const verified = await run("audit", "verify");
    const [, head = ""] = /^whole: \d+ entries\nhead ([0-9a-f]{64})\n$/.exec(verified.out) ?? [];
    expect([verified.code, head.length]).toEqual([0, 64]);
    await run("tokens", "create", "another", "--role", "viewer");
    expect((await run("audit", "verify", "--head", head)).out).toContain(
      `the head that was noted is entry ${some.items[0].seq}`,
    );
    const foreign = "0".repeat(64);
    const missing = await run("audit", "verify", "--head", foreign, "--json");
    expect([missing.code, JSON.parse(missing.out)]).toEqual([1, expect.objectContaining({ ok: false })]);
    expect((await run("audit", "verify", "--head", foreign)).out).toContain("is not in it");
    expect((await run("audit", "verify", "--head", "x")).code).toBe(2);
  });
});

describe("rekey", () => {
  test("has nothing to do where nothing is sealed under another key", async () => {
    expect(await run("rekey")).toMatchObject({ code: 0, out: expect.stringContaining("nothing to seal anew") });
    expect(JSON.parse((await run("rekey", "--json")).out)).toMatchObject({ resealed: [], unopened: [] });
  });
});

describe("destinations rotate", () => {
  test("prints the new secret alone, and says beside it what it is; also for the receiver of it", async () => {
    const first = await run("destinations", "rotate", "crm");
    expect([first.code, first.out]).toEqual([0, expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=\n$/)]);
    expect(first.err).toContain("shown once");
    const { out } = await run("tokens", "create", "crm-team", "--role", "receiver", "--destination", "crm");
    const [token = ""] = out.split("\n");
    const second = await as(token, "destinations", "rotate", "crm");
    expect([second.code, second.err]).toEqual([0, expect.stringContaining("The secret before it signs, too")]);
    expect(JSON.parse((await run("destinations", "rotate", "crm", "--json")).out)).toMatchObject({ signing: 2 });
    expect((await run("destinations", "rotate", "nobody")).code).toBe(1);
  });
});
