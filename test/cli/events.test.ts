import { spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRelayClient } from "../../src/cli/relay/client.ts";
import type { ListedEvent } from "../../src/cli/relay/event-line.ts";
import { EventWatch } from "../../src/cli/relay/event-watch.ts";
import { Receiver, SECRET } from "../e2e/receiver.ts";
import { openRelay } from "../e2e/relay.ts";
import { runCommand } from "./command.ts";
import { root } from "./run.ts";

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
    await expect.poll(() => shown(), SOON).toMatch(/^ \d\d:\d\d:\d\d {2}message\.sent +voiso +✗ dead +evt_\w+/);
    expect(await shown("--type", "call.*")).toBe("");
    expect(await shown("--source", "hcc")).toBe("");
  });

  test("each look tells those events that none before told", async () => {
    const watch = new EventWatch(openRelayClient({ url: relay.url }), {}, Date.now());
    const typesOf = (events: readonly ListedEvent[]) => events.map(({ type }) => type);
    expect(typesOf(await watch.first(10))).toEqual(["message.sent"]);
    await send("message.received");
    await expect.poll(async () => typesOf(await watch.next()), SOON).toEqual(["message.received"]);
    expect(await watch.next()).toEqual([]);
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
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    expect(out.trim().split("\n")).toHaveLength(3);
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
    expect((await run("replay", id, "--to", "bi")).out).toBe(`${id} goes again to bi (replay 1)\n`);
    await expect.poll(() => receiver.ids.get(id), SOON).toBe(2);
  });

  test.each([
    [["replay"], 2, "which events?"],
    [["replay", "evt_1", "--dry-run"], 2, "either an event id, or a filter"],
    [["replay", "--state", "lost"], 1, "--state: Invalid option"],
    [["replay", "--state", "unrouted"], 1, "say where events go"],
    [["replay", "evt_1"], 1, "No event has this id"],
    [["tail", "--follow", "soon"], 2, "argument 'soon' is invalid"],
    [["tail", "--type", "call"], 1, "no such event type"],
  ])("%j is refused with %i", async (args, code, sentence) => {
    expect(await run(...args)).toMatchObject({ code, out: "", err: expect.stringContaining(sentence) });
  });
});
