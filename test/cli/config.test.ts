import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRelay } from "../e2e/relay.ts";
import { runCommand } from "./command.ts";

const SECRET = "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==";
const folder = mkdtempSync(join(tmpdir(), "hookswitch-config-"));
const config = {
  sources: { voice: { vendor: "voiso", keys: ["canary-key-4f1e9a77"] } },
  destinations: { crm: { url: "http://127.0.0.1:9/hooks?token=canary-token", secrets: [SECRET] } },
};
let relay: Awaited<ReturnType<typeof openRelay>>;
let access: string[];

beforeAll(async () => {
  relay = await openRelay(config);
  access = ["--url", relay.url, "--token", relay.adminToken];
}, 60_000);
afterAll(async () => {
  await relay.close();
  rmSync(folder, { recursive: true });
});

function write(document: unknown, name = "relay.json"): string {
  const file = join(folder, name);
  writeFileSync(file, typeof document === "string" ? document : JSON.stringify(document, undefined, 2));
  return file;
}
const config_ = (...args: string[]) => runCommand(["config", ...args]);
const silent = (text: string) => expect(text).not.toMatch(/canary|aG9va3/);

test("url asks the relay that is named for its sources, and looks up no key of it", async () => {
  expect(await runCommand(["url", "voice", ...access])).toEqual({
    code: 0,
    out: `${relay.url}/in/voice\n`,
    err: '"secret": "<key>" in the body\n',
  });
  expect((await runCommand(["url", "vcc", ...access])).err).toBe(
    "hookswitch: there is no source vcc; there are voice\n",
  );
});

describe("config check", () => {
  test("tells all faults at once, where they stand and what may have been meant", async () => {
    const crm = { ...config.destinations.crm, url: "https://crm.example.com/", sources: ["voise"], timeout: 5 };
    const file = write({ ...config, destinations: { crm } });
    const { code, out, err } = await config_("check", file);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("destinations.crm.timeout: no such member; did you mean timeoutMs? (line 19, column 7)");
    expect(err).toContain(
      "destinations.crm.sources.0: there is no such source; did you mean voice? (line 17, column 9)",
    );
    silent(err);
    const json = await config_("check", file, "--json");
    expect(JSON.parse(json.out)).toMatchObject({ state: "invalid", faults: [{ line: 19 }, { near: "voice" }] });
    expect(json.code).toBe(1);
  });

  test.each([
    ['{\n "sources": {},\n}', "not JSON: a trailing comma (line 2, column 15)"],
    ['{\n "sources": {} // mine\n}', "not JSON: a comment, which JSON does not have (line 2, column 16)"],
  ])("says where it is no JSON: %j", async (text, why) => {
    expect((await config_("check", write(text))).err).toContain(`the document: ${why}`);
  });

  test("takes what npm start takes only with --local, which knows the keys of this machine", async () => {
    const file = write({
      sources: { voice: { vendor: "voiso", keys: ["env:HS_TEST_KEY", "env:HS_TEST_UNSET", "env:DEMO_KEY"] } },
      destinations: { sink: { url: "http://127.0.0.1:9000/", secrets: [SECRET] } },
    });
    const strict = await config_("check", file);
    expect([strict.code, strict.err]).toEqual([1, expect.stringContaining("destinations.sink.url: not_https")]);
    expect(strict.err).toMatch(/\n {2}--local takes it, as npm start does\n$/);
    const local = await runCommand(["config", "check", file, "--local"], { HS_TEST_KEY: "5b1d0c4e9f7a2836" });
    expect([local.code, local.out]).toEqual([0, expect.stringContaining("is valid, with 2 to look at")]);
    expect(local.err).toContain("env:HS_TEST_UNSET is not set");
    expect(local.err).not.toMatch(/HS_TEST_KEY|DEMO_KEY/);
    const own = write({ sources: {}, destinations: { me: { url: "http://localhost:8787/in/x", secrets: [SECRET] } } });
    expect((await runCommand(["config", "check", own, "--local"], { PORT: "8787" })).err).toContain("itself");
  });

  test("asks the relay that is named, which knows its secrets and what *** keeps", async () => {
    const file = join(folder, "pulled.json");
    await config_("pull", file, ...access);
    const asked = await config_("check", file, ...access);
    expect([asked.code, asked.out]).toEqual([0, expect.stringContaining("is valid")]);
    const elsewhere = write(readFileSync(file, "utf8").replace("voice", "other"), "other.json");
    const refused = await config_("check", elsewhere, ...access);
    expect(refused.err).toContain("sources.other.keys.0: *** stands for a secret that is kept, and here none is (line");
    expect((await config_("check", file, "--local", ...access)).code).toBe(2);
  });

  test("takes the configuration that was pulled, too, when no relay is asked", async () => {
    const file = join(folder, "pulled-2.json");
    await config_("pull", file, ...access);
    const { code, err } = await config_("check", file, "--local");
    expect([code, err]).toEqual([0, expect.stringContaining("sources.voice.keys.0: *** keeps the secret")]);
  });
});

describe("against a relay", () => {
  test("diff tells in words what a push would change, and no secret", async () => {
    const pulled = JSON.parse((await config_("pull", ...access)).out);
    expect((await config_("diff", write(pulled), ...access)).out).toBe("no difference\n");
    expect((await config_("diff", write(config), ...access)).out).toMatch(
      /^ {2}\? {2}sources\.voice\.keys\.0 +is written out/,
    );
    const { crm } = pulled.destinations;
    const changed = {
      plan: "paid",
      sources: { ...pulled.sources, desk: { vendor: "ucontact", keys: ["canary-new-key-1"] } },
      destinations: { bi: { ...crm, url: "https://bi.example.com/?k=canary-token" }, crm: { ...crm, timeoutMs: 5000 } },
    };
    const { out } = await config_("diff", write(changed), ...access);
    expect(out.split("\n").map((line) => line.trim().split(/ {2,}/))).toEqual([
      ["+", "sources.desk", "ucontact"],
      ["~", "destinations.crm.timeoutMs", "10000", "->", "5000"],
      ["+", "destinations.bi", "https://bi.example.com/?k=***"],
      ["+", "plan", '"paid"'],
      [""],
    ]);
    silent(out);
    const fewer = await config_("diff", write({ sources: pulled.sources }), ...access, "--json");
    expect(JSON.parse(fewer.out).differences).toMatchObject([
      { path: "destinations.crm", before: { timeoutMs: 10_000 } },
    ]);
    silent(fewer.out);
  });

  test("push refuses with line and column, writes, and versions and rollback go back", async () => {
    const pulled = JSON.parse((await config_("pull", ...access)).out);
    const bad = write({ ...pulled, destinations: { crm: { ...pulled.destinations.crm, mask: { phones: "last4" } } } });
    const refused = await config_("push", bad, ...access);
    expect(refused.err).toMatch(/destinations\.crm\.mask\.phones: .*did you mean phone\? \(line \d+, column 9\)/);
    const pushed = await config_("push", write({ ...pulled, plan: "paid" }), ...access, "--json");
    expect(JSON.parse(pushed.out)).toMatchObject({ version: expect.any(String), warnings: expect.any(Array) });
    const listed = await config_("versions", ...access);
    expect(listed.out).toMatch(/^ {2}2 {2}[0-9a-f]{16} {2}by \S+ +[0-9: -]+ +newest\n {2}1 {2}[0-9a-f]{16} {2}by/);
    expect(JSON.parse((await config_("versions", "--json", ...access)).out).items).toHaveLength(2);
    const changed = await config_("versions", "2", ...access);
    expect(changed.out).toMatch(/^ {2}2 {2}[0-9a-f]{16} {2}by \S+ +[0-9: -]+ +newest\n {2}\+ {2}plan {2}"paid"\n$/);
    expect((await config_("versions", "1", ...access)).out).toContain("+  sources.voice     voiso\n");
    expect(await config_("versions", "3", ...access)).toMatchObject({
      code: 1,
      err: "hookswitch: no version 3 is kept; config versions lists them\n",
    });
    const back = await config_("rollback", "1", ...access);
    expect([back.code, back.out]).toEqual([0, expect.stringContaining("written")]);
    expect(JSON.parse((await config_("pull", ...access, "--json")).out).config).toEqual(pulled);
    expect(await config_("rollback", "99", ...access)).toMatchObject({
      code: 1,
      err: "hookswitch: No such version of the configuration is kept.\n",
    });
    expect((await config_("rollback", "one", ...access)).code).toBe(2);
  });
});
