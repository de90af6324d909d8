import { spawn } from "node:child_process";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openRelayClient } from "../../src/cli/relay/client.ts";
import type { ListedEvent } from "../../src/cli/relay/event-line.ts";
import { type EventNews, EventWatch } from "../../src/cli/relay/tail/event-watch.ts";
import { LineUp } from "../../src/cli/relay/tail/line-up.ts";
import { Receiver, SECRET } from "../e2e/receiver.ts";
import { openRelay } from "../e2e/relay.ts";
import { runCommand } from "./command.ts";
import { findFreePort } from "./free-port.ts";
import { root } from "./run.ts";

/** An event as a list shows it. */
function aListed(receipt: string, states: Partial<ListedEvent["states"]>): ListedEvent {
  const none = { delivered: 0, waiting: 0, dead: 0, expired: 0 };
  const known = { id: receipt, receipt, source: "voiso", type: "call.started", due: 1, repeated: 0, undelivered: [] };
  return { ...known, receivedTime: "2026-11-20T09:00:00Z", states: { ...none, ...states } };
}

const SOON = { timeout: 30_000, interval: 100 };

let receiver: Receiver;
let relay: Awaited<ReturnType<typeof openRelay>>;

beforeAll(async () => {
  receiver = await new Receiver().open();
  const crm = { url: receiver.url, secrets: [SECRET], retry: { delays: [] } };
  relay = await openRelay({
    sources: { voiso: { vendor: "voiso", keys: ["bare-key"] }, hcc: { vendor: "intelligent-contacts", keys: ["k"] } },
    destinations: { crm: { ...crm, events: ["message.*"] }, bi: { ...crm, events: ["call.*"] } },
  });
  await receiver.kill();
});

afterAll(async () => {
  await relay?.close();
  await receiver.kill();
});

const run = (...args: string[]) => runCommand([...args, "--url", relay.url]);
const send = (kind: string) => run("send", "voiso", kind, "--source", "voiso", "--key", "bare-key");
const shown = async (...args: string[]) => (await run("tail", "--follow", "0", ...args)).out;

describe("tail and replay of a running relay", () => {
  test("tail prints each event with what became of it", async () => {
    expect(await shown()).toBe("");
    await send("message.sent");
    await expect
      .poll(() => shown(), SOON)
      .toMatch(/^ \d\d:\d\d:\d\d {2}message\.sent +voiso +✗ dead +evt_\w+ +message\/\S+ +crm: connection/);
    expect(await shown("--state", "dead")).toContain("message.sent");
    expect(await shown("--state", "unrouted")).toBe("");
    expect(await shown("--since", "2026-11-20 9:00", "--zone", "UTC")).toContain("message.sent");
    expect(await shown("--type", "call.*")).toBe("");
    expect(await shown("--source", "hcc")).toBe("");
  });

  test("each look tells those events that none before told", async () => {
    const watch = new EventWatch(openRelayClient({ url: relay.url }), {});
    const typesOf = (news: readonly EventNews[]) => news.map(({ event }) => event.type);
    expect((await watch.first(10)).map(({ type }) => type)).toEqual(["message.sent"]);
    await send("message.received");
    await expect.poll(async () => typesOf(await watch.next()), SOON).toEqual(["message.received"]);
    expect(await watch.next()).toEqual([]);
  });

  test("a look tells again what stands otherwise, also when it is on no page any more, and what was repeated", async () => {
    const [waiting] = [aListed("rcpt_a", { waiting: 1 })];
    const relay = {
      url: "",
      listed: [waiting],
      alone: waiting,
      async call(_method: string, path: string) {
        const items = path.includes("q=rcpt_a") ? [this.alone] : this.listed;
        return { text: JSON.stringify({ items, next: null }), version: undefined, isMasked: false };
      },
    };
    const watch = new EventWatch(relay, {});
    await watch.first(10);
    const told = async () => (await watch.next()).map(({ what, event }) => [what, event.receipt, event.states]);
    expect(await told()).toEqual([]);
    relay.listed = [aListed("rcpt_b", {})];
    expect(await told()).toEqual([["new", "rcpt_b", expect.anything()]]);
    relay.alone = aListed("rcpt_a", { dead: 1 });
    expect(await told()).toEqual([["changed", "rcpt_a", expect.objectContaining({ dead: 1 })]]);
    expect(await told()).toEqual([]);
    relay.listed = [{ ...aListed("rcpt_b", {}), repeated: 2 }];
    expect(await told()).toEqual([["repeated", "rcpt_b", expect.anything()]]);
  });

  test("tail goes on with new events, and ends when it is told to", async () => {
    const child = spawn(process.execPath, ["src/cli/main.ts", "tail", "--follow", "1", "--url", relay.url], {
      cwd: root,
    });
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += String(chunk);
    });
    const ended = new Promise((resolve) => child.once("close", resolve));
    await expect.poll(() => out, SOON).toContain("message.received");
    await send("agent.status.update");
    await expect.poll(() => out, SOON).toContain("agent.status");
    await fetch(`${relay.url}/in/voiso?key=wrong`, { method: "POST", body: "{}" });
    await expect.poll(() => out, SOON).toMatch(/refused +voiso +✗ wrong_key +req_\w+/);
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    expect(out.trim().split("\n")).toHaveLength(4);
  });

  test("tail --forward sends each new event on, signed and marked, and tells what came of it", async () => {
    const arrived: { headers: IncomingHttpHeaders; body: string }[] = [];
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        arrived.push({ headers: request.headers, body });
        response.writeHead(arrived.length === 1 ? 204 : 500).end();
      });
    });
    const port = await findFreePort();
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const to = `http://127.0.0.1:${port}/hooks?a=1`;
    const given = ["--forward", to, "--secret", SECRET, "--follow", "1", "--json", "--url", relay.url];
    const child = spawn(process.execPath, ["src/cli/main.ts", "tail", ...given], { cwd: root });
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += String(chunk);
    });
    await expect.poll(() => out, SOON).toContain('"what":"new"');
    expect(arrived).toEqual([]);
    await send("agent.status.update");
    await expect.poll(() => arrived.length, SOON).toBe(1);
    const [{ headers, body } = { headers: {}, body: "" }] = arrived;
    const { id, type, data } = JSON.parse(body);
    expect(headers).toMatchObject({
      "webhook-forwarded": "1",
      "webhook-id": id,
      "content-type": "application/cloudevents+json",
    });
    expect([type, typeof data]).toEqual(["agent.status_changed", "object"]);
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(() => new Webhook(SECRET).verify(body, signed)).not.toThrow();
    await expect.poll(() => out, SOON).toContain(`{"what":"forwarded","id":"${id}","status":204,`);
    child.kill("SIGINT");
    for (const line of out.trim().split("\n")) expect(JSON.parse(line)).toHaveProperty("what");
  });

  test("a receiver lists and follows what was due to its destination", async () => {
    const { out } = await run("tokens", "create", "crm-people", "--role", "receiver", "--destination", "crm", "--json");
    const { token } = JSON.parse(out);
    for (const words of [["events"], ["tail", "--follow", "0"]]) {
      expect(await run(...words, "--token", token)).toMatchObject({
        code: 0,
        err: "",
        out: expect.stringContaining("message.sent"),
      });
    }
  });

  test("url says that the token is not taken, and prints no other sources", async () => {
    expect(await run("url", "--all", "--token", "wrong")).toMatchObject({ code: 1, out: "" });
  });

  test.each([
    [["--forward", "https://example.com/"], "is not this machine"],
    [["--secret", "whsec_aaaa"], "--forward says where to"],
    [["--secret", "nonsense", "--forward", "http://localhost:1/"], "signs nothing"],
    [["--forward", "ftp://localhost/"], "has to be a URL"],
  ])("tail %j is wrong use", async (args, said) => {
    expect(await run("tail", "--follow", "0", ...args)).toMatchObject({ code: 2, err: expect.stringContaining(said) });
  });

  test("replay counts what it would do, then does it", async () => {
    const planned = await run("replay", "--state", "dead", "--dry-run");
    expect(planned).toMatchObject({ code: 0, err: "" });
    expect(planned.out).toMatch(
      /^would begin 2 deliveries of 2 events: crm 2\n {2}npx hookswitch replays start rpl_\w+ --url \S+ {2}sends exactly these\n$/,
    );
    expect((await run("replay", "--state", "dead", "--destination", "bi")).out).toBe(
      "began 0 deliveries of 0 events\n",
    );
    const today = (await run("replay", "--state", "dead", "--since", "0:00", "--dry-run", "--zone", "Asia/Tokyo")).out;
    const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(Date.now());
    const began = new Date(`${day}T00:00:00+09:00`);
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    expect(today).toMatch(/^received since (?:\d{4}-\d\d-\d\d )?\d\d:\d\d:00 \(/);
    expect(today).toContain(`${began.toLocaleTimeString("en-GB")} (${timeZone})`);
    await receiver.open();
    expect((await run("replay", "--state", "dead", "--type", "message.sent", "--destination", "crm")).out).toBe(
      "began 1 deliveries of 1 events: crm 1\n",
    );
    await expect.poll(() => shown("--type", "message.sent"), SOON).toContain("✓ delivered");
    expect(receiver.ids.size).toBe(1);
  });

  test("replay of one event tells where it goes", async () => {
    const [id = ""] = /evt_\w+/.exec(await shown("--type", "message.received")) ?? [];
    const first = await run("replay", id, "--reason", "they lost it", "--json");
    expect(JSON.parse(first.out)).toMatchObject({ event: id, deliveries: [{ destination: "crm", run: 1 }] });
    expect((await run("show", id)).out).toContain(`crm (replay 1, by ${JSON.parse(first.out).replay})`);
    expect((await run("replay", id, "--to", "bi")).out).toBe(`${id} goes again to bi (replay 1)\n`);
    await expect.poll(() => receiver.ids.get(id), SOON).toBe(2);
  });

  test.each([
    [["replay"], 2, "which events?"],
    [["replay", "evt_1", "--dry-run"], 2, "either an event id, or a filter"],
    [["replay", "--state", "lost"], 2, "argument 'lost' is invalid"],
    [["replay", "--state", "unrouted"], 2, "say where events go"],
    [["replay", "evt_1"], 1, "No event has this id"],
    [["tail", "--follow", "soon"], 2, "argument 'soon' is invalid"],
    [["tail", "--type", "call"], 2, "no such event type"],
  ])("%j is refused with %i", async (args, code, sentence) => {
    expect(await run(...args)).toMatchObject({ code, out: "", err: expect.stringContaining(sentence) });
  });
});

test("lines stand below each other, whatever comes", () => {
  const line = new LineUp();
  line.learn([["09:00:00", "call.started", "a-source-with-a-long-name", "… waiting", "evt_1", "call/7"]]);
  const places = [
    line.up(["09:00:00", "call.started", "a-source-with-a-long-name", "… waiting", "evt_1", "call/7"]),
    line.up(["09:00:00", "call.recording.available", "vcc", "✓ delivered", "evt_1", "call/7"]),
  ].map((text) => [text.indexOf("evt_1"), text.indexOf("call/7")]);
  expect(places[0]).toEqual(places[1]);
});
