import { once } from "node:events";
import { readFileSync, writeSync } from "node:fs";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import * as z from "zod";
import { openRelay } from "../e2e/relay.ts";
import { type Language, languages, missing } from "./processes/languages.ts";
import { type Receiver, startReceiver } from "./processes/start.ts";
import { startWorker } from "./processes/start-worker.ts";
import { keys, publicKeyOf, signedHeaders } from "./signer.ts";
import { makeVectors } from "./vectors.ts";

interface Tried {
  readonly name: string;
  readonly id: string;
  readonly v1a: boolean;
  readonly start: (secrets: readonly string[]) => Promise<Receiver>;
}

const triedOf = (language: Language): Tried => ({
  name: language.name,
  id: language.folder,
  v1a: language.v1a,
  start: (secrets) => startReceiver(language, secrets),
});
const workers: Tried = { name: "Workers", id: "workers", v1a: true, start: startWorker };

const absent = languages.flatMap((language) => {
  const why = missing(language);
  return why === undefined ? [] : [{ name: language.name, why }];
});
const isHere = ({ name }: Language) => absent.every((other) => other.name !== name);
const here: readonly Tried[] = [...languages.filter(isHere).map(triedOf), workers];

const running = new Map<string, Receiver>();
let relay: Awaited<ReturnType<typeof openRelay>>;

beforeAll(async () => {
  // Not through the console, which a test that passes does not show.
  const skipped = absent.map(({ name, why }) => `${name} (${why})`).join(", ");
  if (skipped !== "") writeSync(2, `\nreceivers: SKIPPED, not tried on this machine: ${skipped}\n\n`);
  const publicKey = await publicKeyOf(keys.ed25519);
  for (const { id, v1a, start } of here) {
    running.set(id, await start([keys.current, keys.next, ...(v1a ? [publicKey] : [])]));
  }
  relay = await openRelay({
    sources: { hcc: { vendor: "intelligent-contacts", keys: ["a-key-of-the-test"], timezone: "America/Chicago" } },
    destinations: Object.fromEntries([...running].map(([id, { url }]) => [id, { url, secrets: [keys.next] }])),
  });
}, 240_000);

afterAll(async () => {
  await relay?.close();
  await Promise.all([...running.values()].map(({ close }) => close()));
});

for (const { name, why } of absent) it.skip(`${name}: SKIPPED: ${why}`);

/** Of this moment, as an event of a test. */
const now = () => Math.floor(Date.now() / 1000);

describe.each(here)("the receiver in $name", ({ id, v1a }) => {
  const receiver = (): Receiver => {
    const found = running.get(id);
    if (found === undefined) throw new Error(`${id} does not run`);
    return found;
  };

  it("believes what is signed well, and nothing else", async () => {
    const { vectors } = await makeVectors(now());
    const answers = await Promise.all(
      vectors.map(async ({ name, headers, bodyBase64 }) => {
        const body = Buffer.from(bodyBase64, "base64");
        const { status } = await fetch(receiver().url, { method: "POST", headers, body });
        return [name, status];
      }),
    );
    const right = vectors.map(({ name, valid, needs, body }) => {
      const believed = valid && (needs === undefined || v1a);
      return [name, believed ? (body === "" || body === "null" ? 400 : 204) : 401];
    });
    expect(answers).toEqual(right);
    expect((await fetch(receiver().url)).ok).toBe(false);
  });

  const event = (id: string) =>
    JSON.stringify({ ...common, id, time: "2026-11-20T09:02:00Z", sequence: "01", type: "call.chunked" });

  it("reads a body whose length is not told before, as proxies pass it on", async () => {
    const body = event("evt_chunked");
    const headers = await signedHeaders("evt_chunked", now(), body, [keys.next]);
    const request = { method: "POST", headers, body: new Blob([body]).stream(), duplex: "half" as const };
    expect((await fetch(receiver().url, request)).status).toBe(204);
  });

  it("looks at 20 signatures, so that a stranger cannot have a body hashed thousands of times", async () => {
    const body = event("evt_signatures");
    const { "webhook-signature": right, ...headers } = await signedHeaders("evt_signatures", now(), body, [keys.next]);
    const statusBehind = async (count: number) => {
      const more = { ...headers, "webhook-signature": `${"v1,YQ== ".repeat(count)}${right}` };
      const send = () => fetch(receiver().url, { method: "POST", headers: more, body });
      // A connection that was kept may just be closed by the receiver.
      return (await send().catch(send)).status;
    };
    expect([await statusBehind(19), await statusBehind(20)]).toEqual([204, 401]);
  });

  it("refuses an unsigned request without a body, and reads nothing without an end", async () => {
    const post = (...headers: string[]) =>
      sendRaw(receiver().url, ["POST / HTTP/1.1", "host: receiver", ...headers, "", ""].join("\r\n"));
    expect(await post("connection: close")).toMatch(/^HTTP\/1\.1 401 /);
    expect(await post("content-length: -1")).not.toMatch(/^HTTP\/1\.1 (?:2|5)/);
  });

  it("answers while strangers hold forty connections", async () => {
    const { hostname, port } = new URL(receiver().url);
    const held = Array.from({ length: 40 }, () => connect(Number(port), hostname).on("error", () => undefined));
    onTestFinished(() => held.forEach((socket) => void socket.destroy()));
    for (const socket of held) socket.write("POST / HTTP/1.1\r\nhost: receiver\r\ncontent-length: 10\r\n\r\n");
    await Promise.all(held.map((socket) => (socket.connecting ? once(socket, "connect") : undefined)));
    // Until all of them have been noticed.
    for (let time = 0; time < 50; time += 1) {
      expect((await fetch(receiver().url, { method: "POST", body: "{}" })).status).toBe(401);
    }
  });

  it("works once on an event, late ones in their place, and never fails because of a type", async () => {
    const printed = () =>
      receiver()
        .lines()
        .filter((line) => /call\/(order|other)|invented/.test(line));
    let due = 0;
    const send = async (event: Partial<typeof common> & Ordered, more: Record<string, string> = {}) => {
      const body = JSON.stringify({ ...common, ...event });
      const headers = { ...(await signedHeaders(event.id, now(), body, [keys.current])), ...more };
      expect((await fetch(receiver().url, { method: "POST", headers, body })).status).toBe(204);
      // A repetition makes no line; after all else the next waits, so that the lines have an order.
      if (more["webhook-attempt"] === "2") return;
      due += 1;
      await vi.waitUntil(() => printed().length >= due, { timeout: 60_000, interval: 20 });
    };
    await send({ id: "evt_b", time: "2026-11-20T09:02:00.5Z", sequence: "01B" });
    await send({ id: "evt_b", time: "2026-11-20T09:02:00.5Z", sequence: "01B" }, { "webhook-attempt": "2" });
    await send({ id: "evt_a", time: "2026-11-20T09:02:00Z", sequence: "01C" });
    await send({ id: "evt_c", time: "2026-11-20T09:02:00.500Z", sequence: "01A" });
    await send({ id: "evt_d", time: "2026-11-20T09:01:00Z", sequence: "01A", corrects: "evt_b" });
    await send({ id: "evt_b", time: "2026-11-20T09:02:00.5Z", sequence: "01B" }, { "webhook-replay": "1" });
    await send({ id: "evt_e", time: "2026-11-20T09:02:01Z", sequence: "01D", subject: "call/other" });
    await send({ id: "evt_f", time: "2026-11-20T09:02:01Z", sequence: "01E", type: "call.invented" });
    expect(printed()).toEqual([
      "call.completed call/order",
      "call.completed call/order late",
      "call.completed call/order late",
      "call.completed call/order corrects evt_b",
      "call.completed call/order late again",
      "call.completed call/other",
      "ignored call.invented",
    ]);
  });
});

/** What a receiver answers to these bytes, until it closes the connection or answers. */
async function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  socket.write(text);
  return new Promise((resolve) => {
    socket.on("data", (bytes) => resolve(String(bytes)));
    socket.on("error", () => resolve("reset"));
    socket.on("close", () => resolve("closed"));
  });
}

interface Ordered {
  readonly id: string;
  readonly time: string;
  readonly sequence: string;
  readonly corrects?: string;
}

const common = {
  specversion: "1.0",
  source: "/sources/hcc",
  type: "call.completed",
  subject: "call/order",
  data: { call: { id: "order" } },
};

const found = z.object({ items: z.array(z.object({ id: z.string() })) });

it("every receiver takes a delivery of a relay, and works again on what an operator replays", async () => {
  const body = readFileSync("test/vendors/intelligent-contacts/call-saved.json");
  const headers = { "content-type": "application/json", "x-api-key": "a-key-of-the-test" };
  const { status } = await fetch(`${relay.url}/in/hcc/call-saved`, { method: "POST", headers, body });
  expect(status).toBe(200);
  const linesOf = () => Object.fromEntries([...running].map(([id, { lines }]) => [id, lines().filter(isOurs)]));
  const all = (...lines: string[]) => Object.fromEntries([...running.keys()].map((id) => [id, lines]));
  await vi.waitFor(() => expect(linesOf()).toEqual(all("call.completed call/11142")), { timeout: 60_000 });
  const authorization = `Bearer ${relay.adminToken}`;
  const answer = await fetch(`${relay.url}/api/events?subject=call/11142`, { headers: { authorization } });
  const [event] = found.parse(await answer.json()).items;
  await fetch(`${relay.url}/api/events/${event?.id}/replay`, { method: "POST", headers: { authorization } });
  const twice = all("call.completed call/11142", "call.completed call/11142 again");
  await vi.waitFor(() => expect(linesOf()).toEqual(twice), { timeout: 60_000 });
});

const isOurs = (line: string) => line.includes("call/11142");
