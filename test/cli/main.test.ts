import { expect, test } from "vitest";
import { version } from "../../src/version.ts";
import { runCommand } from "./run.ts";

test("help names every command and the variables of start", async () => {
  const { code, out } = await runCommand(["--help"]);
  expect(code).toBe(0);
  for (const word of ["start", "demo", "send", "sink", "url", "tail", "replay", "SINK_PORT", "HOOKSWITCH_CONFIG"]) {
    expect(out).toContain(word);
  }
});

test("the version is the package's", async () => {
  expect(await runCommand(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

test("an unknown command is named and ends with 2", async () => {
  expect(await runCommand(["sned"])).toEqual({
    code: 2,
    out: "",
    err: "hookswitch: there is no command sned. See hookswitch --help\n",
  });
});

test("an unknown option ends with 2 and shows the usage", async () => {
  const { code, err } = await runCommand(["send", "--colour"]);
  expect(code).toBe(2);
  expect(err).toContain("'--colour'");
  expect(err).toContain("usage: hookswitch send <vendor> <kind>");
});

test("a relay that is not there is one sentence, not a stack", async () => {
  const { code, err } = await runCommand(["send", "voiso", "message.sent", "--url", "http://127.0.0.1:9"]);
  expect(code).toBe(1);
  expect(err).toMatch(/^hookswitch: no relay answers at http:\/\/127\.0\.0\.1:9.*npm start.*\n$/);
});
