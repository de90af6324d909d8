import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { forgetRelay, loadRelay, type Source } from "../../src/config/load-relay.ts";
import { answerLogin } from "../../src/login/answer.ts";
import { forgetPermissions } from "../../src/login/store/permissions.ts";

const defer = () => undefined;

/** A source as somebody put it into KV by hand, with its faults. */
async function faultySource(changes: object, map: object): Promise<Source> {
  const source = { vendor: "vcc-live", keys: ["env:K"], ...changes };
  await env.CONFIG.put("relay", JSON.stringify({ sources: { acme: source } }));
  await env.PERMISSIONS.put("acme", JSON.stringify(map));
  forgetRelay();
  forgetPermissions();
  const loaded = await loadRelay({ env, now: Date.now(), defer });
  const found = loaded.state === "ready" ? loaded.value.sources.get("acme") : undefined;
  if (found === undefined) throw new Error("a faulty configuration is in force");
  return found;
}
const ask = (source: Source, at: string) =>
  answerLogin(source, { projects: ["7"], userId: "41" }, { env, now: Date.parse(at), defer });

const everyone = { default: { allow: "*" } };

test.each<[string, object, boolean]>([
  ["hours of a deny", { ...everyone, users: { 41: { deny: "*", hours: { start: "08:00", end: "10:00" } } } }, false],
  ["the end of a deny", { ...everyone, users: { 41: { deny: "*", until: "2026-11-20T08:00" } } }, false],
  ["hours of an allow", { users: { 41: { allow: "*", hours: { start: "00:00", end: "24:00" } } } }, false],
  ["the beginning of an allow", { users: { 41: { allow: "*", from: "2026-01-01" } } }, false],
  ["hours that name their zone", { users: { 41: { allow: "*", hours: { tz: "UTC" } } } }, true],
  ["a time with its offset", { users: { 41: { allow: "*", from: "2026-01-01T00:00Z" } } }, true],
  ["no time at all", everyone, true],
])("in a zone that is none, %s never grants more than it would", async (_, map, granted) => {
  const source = await faultySource({ timezone: "Europe/Budapset" }, map);
  expect((await ask(source, "2026-11-20T11:30:00Z")).granted).toBe(granted);
});

test("a responder that may not be asked lets nobody in", async () => {
  const refused = await faultySource({ guard: { mode: "shadow", ask: "https://user:pw@old.example.com/" } }, everyone);
  expect(await ask(refused, "2026-11-20T11:30:00Z")).toMatchObject({ granted: true, answered: { "7": false } });
});
