import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pasteUrl } from "../../src/cli/paste.ts";
import { source } from "../../src/config/schema/source.ts";
import { runCommand } from "./command.ts";

const base = "https://relay.example.com";
const of = (vendor: string, auth?: object) => source.parse({ vendor, keys: ["env:KEY"], ...(auth ? { auth } : {}) });

test.each([
  ["vcc-live", undefined, "user", `${base}/in/acme/user?secret-key=a%2Bb`, undefined],
  ["ucontact", undefined, undefined, `${base}/in/acme?key=a%2Bb`, undefined],
  ["intelligent-contacts", undefined, "reg-f", `${base}/in/acme/reg-f`, "header x-api-key: a+b"],
  ["voiso", undefined, undefined, `${base}/in/acme`, '"secret": "a+b" in the body'],
  ["voiso", { in: "path" }, "call-notify", `${base}/in/acme/-/a%2Bb/call-notify`, undefined],
  [
    "voiso",
    { in: "header", name: "x-hook", prefix: "Token" },
    undefined,
    `${base}/in/acme`,
    "header x-hook: Token a+b",
  ],
  ["voiso", { in: "basic" }, undefined, `${base}/in/acme`, "user and password in header authorization: a+b"],
])("%s with auth %j", (vendor, auth, kind, url, hint) => {
  expect(pasteUrl(base, "acme", of(vendor, auth), kind, "a+b")).toEqual({ url, hint });
});

test("uContact's URL may have 256 characters and not one more", () => {
  const room = 256 - `${base}/in/acme?key=`.length;
  expect(pasteUrl(base, "acme", of("ucontact"), undefined, "k".repeat(room)).url).toHaveLength(256);
  expect(() => pasteUrl(base, "acme", of("ucontact"), undefined, "k".repeat(room + 1))).toThrow(
    "uContact takes URLs of at most 256 characters; this one has 257",
  );
});

test("a placeholder stays readable", () => {
  expect(pasteUrl(base, "acme", of("ucontact"), undefined, "<key>").url).toBe(`${base}/in/acme?key=<key>`);
});

test("the command prints the URL alone on standard output", async () => {
  const args = ["url", "hcc", "call-saved", "--base", "https://relay.example.com", "--key", "abc"];
  expect(await runCommand(args)).toEqual({
    code: 0,
    out: "https://relay.example.com/in/hcc/call-saved\n",
    err: "header x-api-key: abc\n",
  });
});

test("a kind that only a responder can answer has a URL where the source has one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hookswitch-paste-"));
  const file = join(folder, "relay.json");
  const responders = { search: { ask: "https://crm.example.com/", secrets: ["env:S"] } };
  writeFileSync(file, JSON.stringify({ sources: { acme: { vendor: "vcc-live", keys: ["env:K"], responders } } }));
  const url = (...args: string[]) => runCommand(["url", "acme", ...args, "--base", base, "--config", file]);
  expect((await url("search")).out).toBe(`${base}/in/acme/search?secret-key=<key>\n`);
  expect(await url("ivr")).toMatchObject({ code: 1, err: expect.stringContaining("responders.ivr of the source") });
  expect((await url("--all")).out).toMatch(/ticket-status[\s\S]*search/);
  rmSync(folder, { recursive: true });
});

test.each([
  [["url", "nobody"], 1, "there is no source nobody; there are vcc, ucontact, hcc"],
  [["url", "vcc"], 1, "add one of project-login, user"],
  [["url", "hcc", "call-lost"], 1, "has no kind call-lost"],
])("%j is refused with a reason", async (args, code, reason) => {
  // No relay of this machine is asked.
  const ended = await runCommand(args, { PORT: "9" });
  expect(ended.code).toBe(code);
  expect(ended.err).toContain(reason);
});
