import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { Receiver, SECRET } from "../e2e/receiver.ts";
import { openRelay } from "../e2e/relay.ts";
import { runCommand } from "./command.ts";

const SOON = { timeout: 30_000, interval: 100 };

let receiver: Receiver;
let relay: Awaited<ReturnType<typeof openRelay>>;

beforeAll(async () => {
  receiver = await new Receiver().open();
  const destination = { url: receiver.url, secrets: [SECRET], retry: { delays: [] } };
  relay = await openRelay({
    sources: { voiso: { vendor: "voiso", keys: ["bare-key"] } },
    destinations: { crm: { ...destination, events: ["message.*"] }, bi: { ...destination, events: ["call.*"] } },
  });
  await receiver.kill();
  for (const kind of ["message.sent", "message.received", "message.sent"]) {
    await run("send", "voiso", kind, "--source", "voiso", "--key", "bare-key");
  }
});

afterAll(async () => {
  await relay?.close();
  await receiver.kill();
});

const run = (...args: string[]) => runCommand([...args, "--url", relay.url]);
const idIn = (text: string) => /rpl_\w+/.exec(text)?.[0] ?? "";
const planned = async () => idIn((await run("replay", "--state", "dead", "--dry-run", "--reason", "crm was down")).out);
const view = z.looseObject({ id: z.string(), state: z.string(), progress: z.looseObject({ found: z.number() }) });

describe("replays of a running relay", () => {
  test("a dry run is shown with who asked for it, and why", async () => {
    await expect.poll(async () => (await run("replay", "--state", "dead", "--dry-run")).out, SOON).toContain("begin 3");
    const id = await planned();
    const { code, out } = await run("replays", "show", id);
    expect(code).toBe(0);
    expect(out).toContain(`${id}  counted`);
    expect(out).toContain("by admin: crm was down");
    expect(out).toContain("looked for  state dead, as a dry run, 10 a second");
    expect(out).toContain("It found 3 deliveries of 3 events; start it to send exactly these.");
  });

  test("the list has them all, the newest first, and as JSON", async () => {
    const ids = [await planned(), await planned()];
    const lines = (await run("replays", "--limit", "2")).out.split("\n");
    expect(lines.slice(0, 2).map(idIn)).toEqual(ids.toReversed());
    expect(lines[0]).toMatch(/counted +0 of 3 +admin +state dead +crm was down/);
    const { out } = await run("replays", "--limit", "1", "--json");
    expect(z.object({ items: z.array(view) }).parse(JSON.parse(out)).items).toMatchObject([{ id: ids[1] }]);
  });

  test("one that was cancelled says so, and is not started", async () => {
    const id = await planned();
    expect(await run("replays", "cancel", id)).toMatchObject({ code: 0, out: `cancelled ${id}; nothing had begun\n` });
    expect(await run("replays", "start", id)).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("cancelled"),
    });
    expect((await run("replays", "show", id)).out).toContain(`${id}  cancelled`);
  });

  test("start waits until all has begun, says how it goes, and what was skipped", async () => {
    await receiver.open();
    const id = await planned();
    const [first = ""] = /evt_\w+/.exec((await run("tail", "--follow", "0", "--type", "message.received")).out) ?? [];
    await run("replay", first, "--reason", "this one first");
    await expect.poll(() => receiver.ids.get(first), SOON).toBe(1);
    await expect.poll(async () => (await run("tail", "--follow", "0")).out, SOON).toContain("✓ delivered");
    const { code, out } = await run("replays", "start", id);
    expect([code, out]).toEqual([
      0,
      "began 2 of 3 deliveries of 3 events\n  skipped 1 that were delivered meanwhile\n",
    ]);
    await expect.poll(() => receiver.ids.size, SOON).toBe(3);
    await expect
      .poll(async () => (await run("replays", "show", id)).out, SOON)
      .toContain("of those begun  2 delivered");
    expect((await run("replays")).out).toContain("this one first");
  });

  test("a replay that takes longer is followed, in lines where there is no terminal", async () => {
    const many = ["--state", "delivered", "--per-second", "1", "--json"];
    for (let sent = 0; sent < 8; sent += 1) {
      await run("send", "voiso", "message.sent", "--source", "voiso", "--key", "bare-key");
    }
    await expect.poll(async () => (await run("replay", ...many, "--dry-run")).out, SOON).toContain('"deliveries":11');
    const { code, out, err } = await run("replay", ...many);
    expect([code, view.parse(JSON.parse(out))]).toMatchObject([0, { state: "done", progress: { begun: 11 } }]);
    expect(err).toMatch(/^begun 10 of 11/);
    const detached = await run("replay", "--type", "message.*", "--per-second", "1", "--detach");
    expect(detached.out).toMatch(/^rpl_\w+ is running: npx hookswitch replays show rpl_/);
    const id = idIn(detached.out);
    expect((await run("replays", "cancel", id)).out).toMatch(/go on\n$/);
  });

  test.each([
    [["replays", "show", "rpl_1"], 1, "No replay has this id"],
    [["replays", "start"], 2, "missing required argument"],
    [["replays", "stop"], 2, "too many arguments"],
    [["replay", "--zone", "UTC"], 2, "which events?"],
    [["replay", "evt_1", "--detach"], 2, "either an event id, or a filter"],
  ])("%j is refused with %i", async (args, code, sentence) => {
    expect(await run(...args)).toMatchObject({ code, out: "", err: expect.stringContaining(sentence) });
  });
});
