import { env } from "cloudflare:workers";
import { beforeEach, expect, test, vi } from "vitest";
import { forgetPermissions } from "../../src/login/store/permissions.ts";
import { type Door, openDoor } from "./door.ts";

const path = "/in/vcc/project-login?secret-key=vcc-key";
const question = { projectId: 7, userId: "041", username: "Nora_K", groupId: 3, secondaryProjectIds: [11] };
const SOON = { timeout: 60_000, interval: 50 };

const agents = async () => {
  const { results } = await env.LOG.prepare("SELECT source, id, username, seen FROM agent ORDER BY id").all();
  return results;
};
const awaitAgents = (many: number) => vi.waitUntil(async () => (await agents()).length >= many, SOON);
const today = new Date().toISOString().slice(0, 10);

let door: Door;
beforeEach(async () => {
  door = await openDoor();
  forgetPermissions();
});

test("whoever asks is noted, written as the map compares them", async () => {
  await door.post(path, question);
  await door.post(path, { ...question, userId: 52, username: undefined });
  await awaitAgents(2);
  expect(await agents()).toEqual([
    { source: "vcc", id: "41", username: "nora_k", seen: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    { source: "vcc", id: "52", username: "", seen: expect.any(String) },
  ]);
  expect(String((await agents())[0]?.seen) >= today).toBe(true);
});

test("the same agent is noted once by an isolate, and the log is not asked again", async () => {
  await door.post(path, question);
  await awaitAgents(1);
  door.log = "fails";
  await door.post(path, question);
  await door.settle(3000);
  expect(door.lines.filter((line) => line.includes("agents.not_kept"))).toEqual([]);
});

test("what a source hides is not noted either", async () => {
  door = await openDoor({ vcc: { vendor: "vcc-live", keys: ["vcc-key"], scrub: ["userId"] } });
  await door.post(path, question);
  await awaitAgents(1);
  expect(await agents()).toMatchObject([{ id: "", username: "nora_k" }]);
});

test("an agent who cannot be read for certain is none", async () => {
  await door.post(path, { ...question, userId: [41], username: undefined });
  await door.post(path, { ...question, userId: 52 });
  await awaitAgents(1);
  expect(await agents()).toMatchObject([{ id: "52" }]);
});

test.each(["fails", "hangs"] as const)(
  "an answer does not wait for a log that %s, and the agent is noted later",
  async (state) => {
    await env.PERMISSIONS.put("vcc", JSON.stringify({ default: { allow: [7, 11] } }));
    door.log = state;
    const response = await door.post(path, question);
    expect(await response.json()).toEqual({ "7": true, "11": true });
    await vi.waitUntil(() => door.lines.some((line) => line.includes("agents.not_kept")), SOON);
    door.log = "answers";
    await door.post(path, question);
    await awaitAgents(1);
  },
);

test("a decision tells how many milliseconds it took", async () => {
  await door.post(path, question);
  await door.settle();
  expect(door.queued[0]?.login?.ms).toBeGreaterThanOrEqual(0);
});
