import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openRelay } from "../e2e/relay.ts";
import { runCommand } from "./command.ts";

const config = { sources: { vcc: { vendor: "vcc-live", keys: ["bare-key"], timezone: "Europe/Budapest" } } };
const map = { groups: { "3": { allow: [7, 11] } }, usernames: { nora_k: { deny: [11], note: "not trained" } } };
/** They need no relay, and take no URL of one. */
const OFFLINE = ["url"];

const page = readFileSync("docs/an-agent-cannot-log-in.md", "utf8");
const commands = [...page.matchAll(/^ *npx hookswitch (.+)$/gm)].map(([, words = ""]) => words.trim());

let relay: Awaited<ReturnType<typeof openRelay>>;
beforeAll(async () => {
  relay = await openRelay(config, { vcc: map });
  const question = { projectId: 7, userId: 41, username: "nora_k", groupId: 3, secondaryProjectIds: [11] };
  const url = `${relay.url}/in/vcc/project-login?secret-key=bare-key`;
  await fetch(url, { method: "POST", body: JSON.stringify(question) });
});
afterAll(() => relay?.close());

/** Words as a shell takes them apart. */
function wordsOf(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain = ""]) => quoted ?? plain);
}

test("the page has commands", () => expect(commands.length).toBeGreaterThan(8));

test.each([...new Set(commands)])("the page's command runs: %s", async (text) => {
  const words = wordsOf(text);
  const isOffline = OFFLINE.includes(words[0] ?? "");
  const { code, err } = await runCommand([...words, ...(isOffline ? [] : ["--url", relay.url])]);
  // Whether there is anything to tell depends on the time; that it is understood does not.
  expect([code, err]).toEqual([
    expect.toSatisfy((ended) => ended === 0 || ended === 1),
    expect.not.stringContaining("usage:"),
  ]);
});
