import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { forgetPermissions } from "../../src/login/store/permissions.ts";
import { countWork, nothing, type Work } from "./count-work.ts";
import { type Door, openDoor } from "./door.ts";

/** No key is digested; one body is read; printed are the body, the message, the line in the log and the answer. One time limit, of the queue. */
const accepted: Work = { ...nothing, parses: 1, prints: 4, timers: 1, sends: 1 };

const KEY = "7c1f4e2ab95d4d0a8c63f1e0d2b4a697";
let door: Door;
afterEach(() => door.settle());

/** Many sources and destinations that have nothing to do with a request: none of them may cost it anything. */
const others = Object.fromEntries(
  Array.from({ length: 50 }, (_, n) => [`other-${n}`, { vendor: "ucontact", keys: [`${KEY.slice(2)}${n}`] }]),
);
const vendors = { "vcc-live": {}, ucontact: {}, "intelligent-contacts": {}, voiso: {}, generic: {} };

beforeEach(async () => {
  const sources = Object.keys(vendors).map((vendor) => [vendor, { vendor, keys: [KEY, `${KEY}-next`] }]);
  door = await openDoor({ ...others, ...Object.fromEntries(sources) }, { PUBLIC_URL: "https://relay.example.com" });
  // What is sent must not be consumed in this isolate while it is counted.
  door.queue = "keeps";
});

test.each([
  ["vcc-live", `/user?secret-key=${KEY}`, { old: null, new: { userId: 7, username: "nora" } }, {}],
  ["ucontact", `?key=${KEY}`, { event: "AgentLog", date: "2026-00-20 09:00:00", agent: "nora", isLogin: true }, {}],
  ["intelligent-contacts", "/call-ended", { callId: 1 }, { "x-api-key": KEY }],
  ["generic", "/order", { id: 7 }, { authorization: KEY }],
])("a webhook of %s", async (vendor, path, body, headers) => {
  const request = { method: "POST", body: JSON.stringify(body), headers };
  expect(await countWork(door, () => door.knock(`/in/${vendor}${path}`, request))).toEqual(accepted);
});

test("one whose key is in its body, which is read once", async () => {
  const request = { method: "POST", body: JSON.stringify({ event: "call.ended", key: KEY, data: { id: 7 } }) };
  expect(await countWork(door, () => door.knock("/in/voiso", request))).toEqual(accepted);
});

test("a login, from a map that the isolate has", async () => {
  await env.PERMISSIONS.put("vcc-live", JSON.stringify({ users: { "7": { allow: [1, 2] } } }));
  forgetPermissions();
  const request = { method: "POST", body: JSON.stringify({ projectId: 1, userId: 7 }) };
  const ask = () => door.knock(`/in/vcc-live/project-login?secret-key=${KEY}`, request);
  expect(await countWork(door, ask)).toEqual({ ...accepted, prints: accepted.prints + 1 });
});
