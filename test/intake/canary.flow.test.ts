import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CANARY, carryAll, keyOf, sourcesOf } from "./canaries.ts";
import { type Door, openDoor } from "./door.ts";

let door: Door;
beforeEach(async () => {
  door = await openDoor(sourcesOf());
  door.queue = "keeps";
});
afterEach(() => door.settle());

const spooled = async () => (await env.LOG.prepare("SELECT * FROM spool").all()).results;
const refused = async () => (await env.LOG.prepare("SELECT * FROM rejection").all()).results;

describe("no secret is queued, spooled or logged", () => {
  test("whatever body it came in", async () => {
    const leaks: string[] = [];
    let came = 0;
    for (const { name, path, request } of carryAll()) {
      const { status } = await door.knock(path, request);
      const [message] = door.takeQueued();
      if (status !== 200 || message === undefined) leaks.push(`${name}: ${status}`);
      else if (JSON.stringify(message).includes(CANARY)) leaks.push(`${name}: ${message.body?.slice(0, 300)}`);
      came++;
    }
    expect(leaks).toEqual([]);
    expect(came).toBeGreaterThan(400);
    expect(door.lines.join("\n")).not.toContain(CANARY);
  }, 120_000);

  test("when the queue is down, and when the body is large", async () => {
    door.queue = "fails";
    const [first] = carryAll();
    const large = { a: [first?.request.body, keyOf("vcc").repeat(10_000)], password: `${CANARY}-password` };
    const path = first?.path ?? "";
    expect((await door.knock(path, first?.request)).status).toBe(200);
    expect((await door.post(path, large)).status).toBe(200);
    const rows = await spooled();
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain(CANARY);
    expect(door.lines.join("\n")).not.toContain(CANARY);
  });

  test("of a body that is refused", async () => {
    await door.settle(3000);
    const key = keyOf("vcc");
    const query = `secret-key=${encodeURIComponent(key)}`;
    const names = JSON.stringify({ [key]: { [`x${key}`]: 1 }, password: key, t: JSON.stringify({ [key]: 1 }) });
    await door.knock(`/in/vcc/ivr?${query}`, { method: "POST", body: names });
    await door.knock(`/in/vcc/project-login?${query}`, { method: "POST", body: names });
    await door.knock(`/in/vcc/user?${query}`, {
      method: "POST",
      body: `${names}, broken "${CANARY}-x": 1, "${key}": 2`,
    });
    await door.knock(`/in/vcc/user?secret-key=${CANARY}-wrong`, { method: "POST", body: names });
    await door.knock(`/in/vcc/${encodeURIComponent(`a ${key}`)}?${query}`, { method: "DELETE", body: names });
    await door.settle(3000);
    const rows = await refused();
    expect(rows.length).toBeGreaterThan(3);
    expect(JSON.stringify([rows, door.lines])).not.toContain(key.slice(0, 20));
  });

  test("of a login question", async () => {
    const key = keyOf("vcc");
    const question = { projectId: 7, userId: 41, note: `a ${key}`, customData: { password: `${CANARY}-x` } };
    await door.post(`/in/vcc/project-login?secret-key=${encodeURIComponent(key)}`, question);
    await door.settle();
    expect(door.queued).toHaveLength(1);
    expect(JSON.stringify([door.queued, door.lines])).not.toContain(CANARY);
  });
});
