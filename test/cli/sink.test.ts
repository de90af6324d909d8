import { get } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Listening } from "../../src/cli/listen.ts";
import type { Arrival } from "../../src/cli/sink/arrival.ts";
import { arrivalLine } from "../../src/cli/sink/line.ts";
import { openSink } from "../../src/cli/sink/server.ts";
import { verifySignature } from "../../src/cli/sink/verify.ts";
import { findFreePort } from "./free-port.ts";

const older = "whsec_b2xkZXItc2VjcmV0LW9mLXRoaXMtc2luay0zMmJ5dGU=";
const newer = "whsec_bmV3ZXItc2VjcmV0LW9mLXRoaXMtc2luay0zMmJ5dGU=";
const event = { id: "evt_1", type: "call.started", source: "/sources/hcc", subject: "call/7", sequence: "01A" };

let sink: Listening;
let arrivals: Arrival[];

beforeEach(async () => {
  arrivals = [];
  sink = await openSink({
    port: await findFreePort(),
    secrets: () => [older, newer],
    status: 204,
    delayMs: 0,
    onArrival: (arrival) => arrivals.push(arrival),
  });
});
afterEach(() => sink.close());

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${sink.port}/`, { method: "POST", body, headers });
}

function signed(body: string, secret: string): Record<string, string> {
  const at = new Date();
  return {
    "webhook-id": "evt_1",
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign("evt_1", at, body),
  };
}

test.each([older, newer])("any of its secrets makes a valid signature", async (secret) => {
  const body = JSON.stringify(event);
  expect((await post(body, signed(body, secret))).status).toBe(204);
  expect(arrivals).toMatchObject([{ ...event, signature: "valid", attempt: 1, replay: false }]);
});

test("a body that was changed on the way is answered 401", async () => {
  const headers = signed(JSON.stringify(event), newer);
  expect((await post(JSON.stringify({ ...event, subject: "call/8" }), headers)).status).toBe(401);
  expect(arrivals).toMatchObject([{ signature: "invalid" }]);
});

test("a request without a signature is accepted and told apart", async () => {
  expect((await post(JSON.stringify(event))).status).toBe(204);
  expect(arrivals).toMatchObject([{ signature: "missing" }]);
});

test("a raw body is told by its ce- headers", async () => {
  await post('{"call_id":7}', {
    "ce-id": "evt_2",
    "ce-type": "call.hungup",
    "ce-source": "/sources/hcc",
    "webhook-attempt": "3",
  });
  expect(arrivals).toMatchObject([{ id: "evt_2", type: "call.hungup", source: "/sources/hcc", attempt: 3 }]);
});

test("GET shows what arrived, newest first", async () => {
  await post(JSON.stringify(event));
  await post(JSON.stringify({ ...event, id: "evt_2" }));
  const shown = await fetch(`http://127.0.0.1:${sink.port}/`);
  expect(await shown.json()).toMatchObject([{ id: "evt_2" }, { id: "evt_1" }]);
});

/** A request with a Host of one's own, which `fetch` does not let one say. */
function ask(host: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const request = get({ host: "127.0.0.1", port: sink.port, headers: { host } }, async (response) => {
      resolve({ status: response.statusCode, body: await text(response) });
    });
    request.on("error", reject);
  });
}

test("GET shows nothing to a page of the web whose name leads here", async () => {
  await post(JSON.stringify(event));
  for (const host of ["evil.example.com", "evil.example.com:8788", "localhost.evil.example.com", "8.8.8.8", "a b"]) {
    expect([host, await ask(host)]).toEqual([host, { status: 403, body: "" }]);
  }
  for (const host of ["localhost", `localhost:${sink.port}`, "127.0.0.1", "[::1]:8788", "LOCALHOST."]) {
    expect([host, (await ask(host)).status]).toEqual([host, 200]);
  }
});

test("a secret may be base64url, and have a line break at its end; one that is no secret signs nothing", async () => {
  const bytes = Buffer.alloc(32, 0xfb);
  const standard = `whsec_${bytes.toString("base64")}`;
  const body = JSON.stringify(event);
  const headers = signed(body, standard);
  for (const secret of [standard, `${standard}\n`, `whsec_${bytes.toString("base64url")}`]) {
    expect(verifySignature(body, headers, ["whsec_", "whsec_!!!", "nothing", secret])).toBe("valid");
  }
  expect(verifySignature(body, headers, ["whsec_", "whsec_!!!", "nothing"])).toBe("invalid");
});

test("an arrival is one line with its type, source, signature and subject", () => {
  const line = arrivalLine({ ...event, at: 0, attempt: 2, replay: true, signature: "valid", body: {} });
  expect(line).toMatch(/^ \d\d:\d\d:\d\d {2}call\.started +hcc +✓ signed +call\/7 {2}attempt 2 {2}replay$/);
});
