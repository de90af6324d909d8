import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { lockState } from "../../src/cli/local/state/lock-state.ts";

const folder = mkdtempSync(join(tmpdir(), "hookswitch-lock-"));
const file = join(folder, "relay.pid");
afterAll(() => rmSync(folder, { recursive: true }));

test("a state has one relay at a time; that of a process that has gone, or of no process, is free", async () => {
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  writeFileSync(file, String(other.pid));
  expect(() => lockState(folder)).toThrow(`process ${other.pid} runs a relay on ${folder}`);
  const gone = new Promise((resolve) => other.once("exit", resolve));
  other.kill("SIGKILL");
  await gone;
  const unlock = lockState(folder);
  // A relay that goes on in the same process, as after a new build.
  expect(() => lockState(folder)()).not.toThrow();
  unlock();
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, "nonsense");
  expect(() => lockState(folder)()).not.toThrow();
});
