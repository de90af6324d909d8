import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { describe, expect, test } from "vitest";
import { commandLine } from "../../src/cli/run.ts";
import { runCommand } from "./command.ts";

const COLUMNS = 80;

/** Each command with the words that lead to it: `permissions grant`. */
function withInner(one: CommandUnknownOpts, words: readonly string[] = []): [string, CommandUnknownOpts][] {
  return [[words.join(" "), one], ...one.commands.flatMap((inner) => withInner(inner, [...words, inner.name()]))];
}

const all = withInner(commandLine());
const wordsOf = (path: string) => path.split(" ").filter((word) => word !== "");

describe.each(all)("hookswitch %s", (path, { options, registeredArguments, commands }) => {
  test("--help names everything that it takes, and what that is for", async () => {
    const { code, out, err } = await runCommand([...wordsOf(path), "--help"]);
    expect([code, err]).toEqual([0, ""]);
    const text = out.replaceAll(/\s+/g, " ");
    for (const { flags, description } of options) expect(text).toContain(`${flags} ${description}`);
    for (const argument of registeredArguments) expect(text).toContain(`${argument.name()} ${argument.description}`);
    for (const inner of commands) expect(text).toContain(`${inner.name()} ${inner.description()}`);
    const described = [...options, ...registeredArguments].map(({ description }) => description);
    expect(described.filter((description) => description === "")).toEqual([]);
    expect(out.split("\n").filter((line) => line.length > COLUMNS)).toEqual([]);
  });

  test("has no other option", async () => {
    const { code, out, err } = await runCommand([...wordsOf(path), "--colour"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^hookswitch: unknown option '--colour'/);
    expect(err).toContain(`usage: ${["hookswitch", ...wordsOf(path)].join(" ")} `);
  });
});

const pages = [
  "README.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((file) => join("docs", file)),
];
const texts = pages.filter((file) => file.endsWith(".md")).map((file) => readFileSync(file, "utf8"));
const examples = texts.flatMap((text) =>
  [...text.matchAll(/npx hookswitch ([^`\n#]+)/g)].map(([, words = ""]) => words),
);

/** The command that some words begin with, and those of them that look like options and are none of it. */
function readWords(text: string): readonly [path: string | undefined, unknown: string[]] {
  const words = text.trim().split(/\s+/);
  const [path, command] = all.findLast(([path]) => `${words.join(" ")} `.startsWith(`${path} `)) ?? [];
  const known = command?.options.flatMap(({ short, long }) => [short, long]) ?? [];
  return [path, words.filter((word) => word.startsWith("-") && !known.includes(word))];
}

test.each([...new Set(examples)])("the documentation's command is taken: %s", (example) => {
  expect(readWords(example)).toEqual([expect.stringMatching(/./), []]);
});

test.each(all.filter(([, { commands }]) => commands.length === 0))("%s has an example of its own", async (path) => {
  const { out } = await runCommand([...wordsOf(path), "--help"]);
  const [, example = ""] = /Example:\n {2}npx hookswitch (.+)\n/.exec(out) ?? [];
  expect(readWords(example)).toEqual([path, []]);
});
