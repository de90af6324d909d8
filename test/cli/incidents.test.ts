import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { Receiver, SECRET } from "../e2e/receiver.ts";
import { openRelay } from "../e2e/relay.ts";
import { readCode } from "../project/docs/read-code.ts";
import { runCommand } from "./command.ts";

const SOON = { timeout: 60_000, interval: 200 };
const listed = z.object({ items: z.array(z.looseObject({ id: z.string(), ack: z.unknown() })) });

let receiver: Receiver;
let relay: Awaited<ReturnType<typeof openRelay>>;

beforeAll(async () => {
  receiver = await new Receiver().open();
  relay = await openRelay({
    // Nothing has ever come from it, so that it is silent from the first tick of cron on.
    sources: { voiso: { vendor: "voiso", keys: ["key-of-voiso"], silentAfter: 1 } },
    destinations: { pager: { url: receiver.url, secrets: [SECRET], events: ["relay.*"] } },
  });
});

afterAll(async () => {
  await relay?.close();
  await receiver.kill();
});

const run = (...args: string[]) => runCommand([...args, "--url", relay.url]);

describe("incidents", () => {
  test("an open one that nobody sees to: exit 1, with what helps; whoever asked is told of it", async () => {
    await expect.poll(async () => (await run("incidents")).code, SOON).toBe(1);
    const { out } = await run("incidents");
    expect(out).toMatch(
      /^1 incident is open\n {2}✗ nothing has come from voiso yet\n {4}inc_\w{26}, since [^,]+, for \S.*\n {4}→ npx hookswitch url voiso\n$/,
    );
    expect((await run("status")).out).toMatch(/ {2}1 incident is open, nobody sees to it: npx hookswitch incidents\n$/);
    await expect
      .poll(() => receiver.bodies.map((body) => JSON.parse(body).type), SOON)
      .toEqual(["relay.source_silent"]);
  });

  test("acknowledged: exit 0, and who it was", async () => {
    const [one] = listed.parse(JSON.parse((await run("incidents", "--json")).out)).items;
    expect(await run("incidents", "ack", one?.id ?? "")).toEqual({
      code: 0,
      out: "✓ admin sees to it: nothing has come from voiso yet\n",
      err: "",
    });
    const { code, out } = await run("incidents");
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/ {2}! nothing has come from voiso yet\n.*; admin sees to it since /),
    ]);
    expect(await run("incidents", "ack", "inc_nobody")).toMatchObject({
      code: 1,
      err: expect.stringContaining("No incident has this id"),
    });
  });

  test("these are the commands of docs/alerts.md", () => {
    const commands = readCode("docs/alerts.md", "sh").flatMap((code) => code.trimEnd().split("\n"));
    expect(commands).toEqual([
      "npx hookswitch incidents test",
      "npx hookswitch incidents",
      expect.stringMatching(/^npx hookswitch incidents ack inc_\w{26}$/),
    ]);
  });

  test("a test goes to whoever is told", async () => {
    expect(await run("incidents", "test")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^ {2}✓ {2}pager {2}answered 2\d\d after \d+ ms\n$/),
    });
    expect(receiver.heads.at(-1)).toContain('"webhook-test":"1"');
    expect(JSON.parse(receiver.bodies.at(-1) ?? "")).toMatchObject({
      source: "/relay",
      data: { incident: { test: true } },
    });
  });
});
