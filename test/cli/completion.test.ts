import { execFileSync, spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { runCommand } from "./command.ts";

const isThere = (shell: string) => spawnSync(shell, ["-c", "exit"]).status === 0;
const script = async (shell: string) => (await runCommand(["completion", shell])).out;

/** What bash offers at the end of a command line. */
async function complete(line: string): Promise<string[]> {
  const words = line.split(" ");
  const given = words.map((word) => `'${word}'`).join(" ");
  const ask = `COMP_WORDS=(${given}); COMP_CWORD=${words.length - 1}; _hookswitch; printf '%s\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["-c", `${await script("bash")}\n${ask}`], { encoding: "utf8" })
    .trim()
    .split("\n");
}

test.runIf(isThere("bash"))("bash completes commands, those below them, and options", async () => {
  expect(await complete("hookswitch comp")).toEqual(["completion"]);
  expect(await complete("hookswitch config ")).toEqual(expect.arrayContaining(["check", "pull", "diff", "rollback"]));
  expect(await complete("hookswitch config check relay.json --l")).toEqual(["--local"]);
  expect(await complete("hookswitch send voiso --b")).toEqual(["--body"]);
  expect(await complete("hookswitch permissions ex")).toEqual(["explain"]);
});

test.each(["bash", "zsh", "fish"])("the script of %s names every command, and its shell can read it", async (shell) => {
  const text = await script(shell);
  for (const path of ["config check", "permissions grant", "completion", "tail"]) expect(text).toContain(`'${path}'`);
  if (!isThere(shell)) return;
  const { status, stderr } = spawnSync(shell, ["-n"], { input: text, encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
});

test("another shell is refused with those there are", async () => {
  const { code, err } = await runCommand(["completion", "cmd"]);
  expect([code, err]).toEqual([2, expect.stringContaining("Allowed choices are bash, zsh, fish.")]);
});
