import { afterAll, beforeAll, expect, test } from "vitest";
import { openRelay } from "./relay.ts";

let relay: Awaited<ReturnType<typeof openRelay>>;

beforeAll(async () => {
  relay = await openRelay({ sources: {} });
}, 120_000);
afterAll(() => relay.close());

/** Sends what the page's script sends. */
function redeem(code: string): Promise<Response> {
  return fetch(`${relay.url}/dashboard/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: relay.url, "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ link: code, to: "/dashboard/events" }),
  });
}

function codeOf(link: string): string {
  const { origin, pathname, search, hash } = new URL(link);
  expect([origin, pathname, search]).toEqual([relay.url, "/dashboard/sign-in", ""]);
  return new URLSearchParams(hash.slice(1)).get("link") ?? "";
}

test("the link of npm start signs in once, a new one ends the one before, and its code is in no log", async () => {
  const [old, code] = [codeOf(await relay.signInLink()), codeOf(await relay.signInLink())];
  expect(code).toMatch(/^[\w-]{43}$/);
  expect((await redeem(old)).status).toBe(401);
  const done = await redeem(code);
  expect([done.status, done.headers.get("location")]).toEqual([303, "/dashboard/events"]);
  const cookie = done.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const me = await fetch(`${relay.url}/api/me`, { headers: { cookie } });
  expect(await me.json()).toMatchObject({ role: "admin" });
  expect((await redeem(code)).status).toBe(401);
  expect(relay.logged.some((line) => line.includes(code) || line.includes(old))).toBe(false);
  expect(relay.logged.join("\n")).toContain("api.refused");
});
