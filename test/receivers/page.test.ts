import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished, test, vi } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { parseRelay } from "../../src/config/parse-relay.ts";
import { DEFAULT_DELAYS_SECONDS } from "../../src/config/schema/destination.ts";
import { readCode } from "../project/docs/read-code.ts";
import { languages } from "./processes/languages.ts";
import { startReceiver } from "./processes/start.ts";
import { keys, publicKeyOf } from "./signer.ts";
import { makeVectors, PUBLISHED_AT } from "./vectors.ts";

const PAGE = "docs/receivers/README.md";
const page = readFileSync(PAGE, "utf8");
const read = (path: string) => readFileSync(path, "utf8");

test("its number of vectors is right", async () => {
  expect(page).toContain(`has ${(await makeVectors(PUBLISHED_AT)).vectors.length} requests`);
});

test("its table names a version that each language's sample asks for", () => {
  for (const { name, least } of languages) {
    if (least === undefined) continue;
    const written = name === "C#" ? `.NET ${least[0]}` : `${name} ${least[1] === 0 ? least[0] : least.join(".")}`;
    expect(page).toContain(written);
  }
});

test("its table names the versions of libraries that are tried", () => {
  const { standardwebhooks, cloudevents } = manifest.devDependencies;
  const python = read("test/receivers/libraries/registries.test.ts");
  const go = read("test/receivers/libraries/go/go.mod");
  const java = read("test/receivers/libraries/java/pom.xml");
  const rows = new Map(page.split("\n").map((line) => [line.split("|")[1]?.trim(), line]));
  const row = (language: string) => rows.get(language) ?? "";
  const library = page.slice(page.indexOf("## With an official library"));
  expect(library).toContain(`\`standardwebhooks\` ${standardwebhooks} (npm) | \`cloudevents\` ${cloudevents} (npm)`);
  for (const [, name, version] of python.matchAll(/"(\w+)==([\d.]+)"/g)) {
    expect(row("Python")).toContain(`\`${name}\` ${version}`);
  }
  for (const [, path, version] of go.matchAll(/^\t(\S+) (v\S+)$/gm))
    expect(row("Go")).toContain(`\`${path}\` ${version}`);
  const [standard, events] = [...java.matchAll(/<version>([\d.]+\d)<\/version>/g)]
    .map(([, version]) => version)
    .slice(-3);
  expect(row("Java")).toContain(`standardwebhooks\` ${standard} `);
  expect(row("Java")).toContain(`cloudevents-http-basic\` ${events} `);
});

test("its table names the versions of generators that are tried", () => {
  const tried = read("test/receivers/generators/generators.test.ts");
  const found = [...tried.matchAll(/check\("(\S+) (\S+)"/g)];
  expect(found).toHaveLength(3);
  for (const [, name, version] of found) {
    expect(page).toContain(`\`${name}\` ${version}`);
    expect(tried).toMatch(new RegExp(`${name}(?:@v?|==)${version}"`));
  }
});

test("its delays are those that a destination has by default", () => {
  const words = DEFAULT_DELAYS_SECONDS.map((seconds) => {
    if (seconds >= 3600) return `${seconds / 3600} h`;
    return seconds >= 60 ? `${seconds / 60} min` : `${seconds} s`;
  });
  const often = words.filter((word) => word === "12 h").length;
  const first = words.slice(0, -often).join(", ");
  expect([often, page.replaceAll("\n", " ")]).toEqual([
    5,
    expect.stringContaining(`after ${first}, then five times every 12 h`),
  ]);
});

test("its configuration is one that a relay on this machine takes", () => {
  const parsed = parseRelay(read("docs/receivers/relay.json"), { allowPrivate: true });
  expect(parsed.state).toBe("valid");
});

test("its key pair signs as the relay does, and verifies as receivers do", async () => {
  const command = readCode(PAGE, "sh").find((code) => code.startsWith("node -e")) ?? "";
  const [secret = "", publicKey] = execFileSync("sh", ["-c", command], { encoding: "utf8" }).trim().split("\n");
  expect(await publicKeyOf(secret)).toBe(publicKey);
});

describe("send.sh", () => {
  const needs = ["openssl", "curl", "od"].filter((program) => spawnSync("which", [program]).status !== 0);
  const title = needs.length === 0 ? "signs as the relay does" : `SKIPPED: no ${needs.join(", ")} here`;

  it.skipIf(needs.length > 0)(title, async () => {
    const [node] = languages;
    if (node === undefined) throw new Error("no sample");
    const receiver = await startReceiver(node, [keys.next]);
    onTestFinished(receiver.close);
    const send = (secret: string, ...more: string[]) =>
      spawnSync("sh", ["docs/receivers/send.sh", receiver.url, "src/events/examples/call.completed.json", ...more], {
        env: { ...process.env, WEBHOOK_SECRET: secret },
        encoding: "utf8",
      }).stdout.trim();
    expect(send(`${keys.next} ${keys.retired}`)).toBe("204");
    expect(send(keys.next, "-H", "webhook-replay: 1")).toBe("204");
    expect(send(keys.retired)).toBe("401");
    const lines = ["call.completed call/11142", "call.completed call/11142 again"];
    await vi.waitFor(() => expect(receiver.lines()).toEqual(lines), { timeout: 60_000 });
  });
});
