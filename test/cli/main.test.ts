import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { version } from "../../src/version.ts";
import { runCommand } from "./command.ts";
import { findFreePort } from "./free-port.ts";
import { runNode, runProgram } from "./run.ts";

test("help names every command and the variables of start", async () => {
  const { code, out } = await runProgram(["--help"]);
  expect(code).toBe(0);
  for (const word of ["start", "demo", "send", "sink", "url", "tail", "replay", "SINK_PORT", "HOOKSWITCH_CONFIG"]) {
    expect(out).toContain(word);
  }
  expect((await runCommand([])).out).toBe(out);
  expect((await runCommand(["help"])).out).toBe(out);
});

test("the program ends with the code of its command", async () => {
  expect(await runProgram(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
  expect(await runProgram(["sned"])).toEqual({
    code: 2,
    out: "",
    err: "hookswitch: unknown command 'sned'\n(Did you mean send?)\nusage: hookswitch [options] [command]; --help tells more\n",
  });
});

test("what the system refuses is one sentence, not a stack", async () => {
  for (const [folder, word] of [
    ["/etc/hosts/state", "ENOTDIR"],
    ["/proc/state", "ENOENT"],
  ]) {
    const { code, err } = await runProgram(["start"], { HOOKSWITCH_STATE: folder });
    expect([code, err]).toEqual([1, expect.stringMatching(new RegExp(`^hookswitch: ${word}: .*\n$`))]);
  }
});

test("the URL to paste has the port that the relay listens on, unless another base is named", async () => {
  const { out } = await runProgram(["url", "vcc", "user"], { PORT: "9999" });
  expect(out).toBe("http://localhost:9999/in/vcc/user?secret-key=<key>\n");
  expect((await runCommand(["url", "vcc", "user", "--base", "https://relay.example.com//"])).out).toBe(
    "https://relay.example.com/in/vcc/user?secret-key=<key>\n",
  );
});

test("a sample of a vendor that the demo has no source of needs one to be named", async () => {
  const { code, err } = await runCommand(["send", "generic", "call-ended"], { PORT: String(await findFreePort()) });
  expect([code, err]).toEqual([1, "hookswitch: the relay has no source of generic; name one by --source and --key\n"]);
});

test("a relay that is not there is one sentence, not a stack", async () => {
  const { code, err } = await runProgram(["send", "voiso", "message.sent", "--url", "http://127.0.0.1:9"]);
  expect(code).toBe(1);
  expect(err).toMatch(/^hookswitch: no relay answers at http:\/\/127\.0\.0\.1:9.*npm start.*\n$/);
});

test.each([
  [["toString"], "unknown command 'toString'"],
  [["config"], "Usage: hookswitch config"],
  [["permissions", "expalin"], "unknown command 'expalin'\n(Did you mean explain?)"],
  [["send", "--sorce", "x"], "unknown option '--sorce'\n(Did you mean --source?)"],
  [["send", "--no-key"], "unknown option '--no-key'"],
  [["send", "voiso", "message.sent", "more"], "too many arguments for 'send'"],
  [["url"], "which source? or --all"],
  [["help", "permisions"], "unknown command 'permisions'\n(Did you mean permissions?)"],
  [["tail", "--url"], "option '--url <origin>' argument missing"],
  [["tail", "--url", "nonsense"], "argument 'nonsense' is invalid. It has to be a URL"],
  [["send", "voiso", "message.sent", "--url", "localhost:8787"], "argument 'localhost:8787' is invalid"],
  [["url", "vcc", "user", "--base", "relay.example.com"], "argument 'relay.example.com' is invalid"],
  [["sink", "--secret", "hunter2"], "argument 'hunter2' is invalid. It has to be a signing secret"],
  [
    ["permissions", "check", "map.json", "--zone", "Mars"],
    "argument 'Mars' is invalid. It has to be an IANA time zone",
  ],
  [["permissions", "pull", "vcc", "--source", "acme"], "vcc and --source acme: whose map?"],
  [["sink", "--port", "65536"], "argument '65536' is invalid. It has to be a whole number from 1 to 65535."],
  [["sink", "--status", "soon"], "argument 'soon' is invalid. It has to be a whole number from 200 to 599."],
  [["tail", "--follow", " "], "argument ' ' is invalid"],
  [["permissions", "status", "--days", "31"], "argument '31' is invalid. It has to be a whole number from 1 to 30."],
  [["permissions", "grant", "--project", "7"], "who? one of --user, --username, --group"],
  [["permissions", "grant", "--project", "7", "--user", "1", "--group", "2"], "who? one of"],
  [["permissions", "grant", "--user", "1"], "which project? --project"],
  [["permissions", "revoke", "--project", "7", "--user", "1", "--from", "2026-12-01"], "unknown option '--from'"],
  [["permissions", "explain", "--version", "3"], "who? --user, --username or both"],
  [["permissions", "push"], "which file?"],
  [["permissions", "push", "-s", "vcc", "a.json", "b.json"], "too many arguments: b.json"],
])("%j ends with 2 and the usage", async (args, sentence) => {
  const { code, out, err } = await runCommand(args);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(sentence);
  expect(err).toMatch(/usage: hookswitch /i);
});

test("no colour goes where nobody looks, nor where it is not wanted", async () => {
  expect((await runProgram(["--help"], { NO_COLOR: undefined })).out).not.toContain("\u001b");
  expect((await runCommand(["permissions", "--help"])).out).not.toContain("\u001b");
});

test("a folder without its parts says what to do, not where it failed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hookswitch-bare-"));
  cpSync("src", join(folder, "src"), { recursive: true });
  cpSync("package.json", join(folder, "package.json"));
  const { code, out, err } = await runNode([join(folder, "src/cli/hookswitch.js"), "start"]);
  rmSync(folder, { recursive: true });
  expect([code, out, err]).toEqual([1, "", "hookswitch is not installed yet: run `npm ci` in its folder first.\n"]);
});

test("each script of the command line says so itself on a Node.js that is too old", () => {
  const scripts = Object.entries(manifest.scripts).filter(([, script]) => script.includes("src/cli/"));
  expect(scripts.map(([name]) => name)).toEqual(["start", "dev", "demo", "deploy", "rollback"]);
  for (const [, script] of scripts) expect(script).toMatch(/^node src\/cli\/hookswitch\.js /);
});
