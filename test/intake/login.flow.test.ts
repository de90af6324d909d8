import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { forgetPermissions } from "../../src/login/store/permissions.ts";
import { type Door, openDoor } from "./door.ts";

const path = "/in/vcc/project-login?secret-key=vcc-key";
const question = {
  projectId: 7,
  userId: 41,
  username: "nora_k",
  groupId: 3,
  customData: [],
  secondaryProjectIds: [11, 12],
};

let door: Door;
beforeEach(async () => {
  door = await openDoor();
  forgetPermissions();
  await env.PERMISSIONS.put("vcc", JSON.stringify({ users: { "41": { allow: [7, 12] } } }));
});
afterEach(() => door.settle());

async function answerOf(response: Response): Promise<[number, string]> {
  return [response.status, await response.text()];
}
const answer = [200, '{"7":true,"11":false,"12":true}'];

describe("a login question is answered with one boolean for every project", () => {
  test("as JSON", async () => {
    const response = await door.post(path, question);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await answerOf(response)).toEqual(answer);
  });

  test("as a query, as a form, and under PUT", async () => {
    const form =
      "projectId=7&userId=41&username=nora_k&groupId=3&secondaryProjectIds%5B0%5D=11&secondaryProjectIds%5B1%5D=12";
    expect(await answerOf(await door.knock(`${path}&${form}`))).toEqual(answer);
    expect(await answerOf(await door.knock(path, { method: "POST", body: form }))).toEqual(answer);
    expect(await answerOf(await door.knock(path, { method: "PUT", body: form }))).toEqual(answer);
  });

  test("also where the source hides the agent from what is stored", async () => {
    door = await openDoor({ vcc: { vendor: "vcc-live", keys: ["vcc-key"], scrub: ["userId"] } });
    expect(await answerOf(await door.post(path, question))).toEqual(answer);
    await door.settle();
    expect(door.queued[0]?.body).toContain('"userId":"[scrubbed]"');
  });

  test.each(["/in/vcc", "/in/vcc/no-such-kind"])("by its shape, with a warning in the log: %s", async (url) => {
    expect(await answerOf(await door.post(`${url}?secret-key=vcc-key`, question))).toEqual(answer);
    expect(door.lines.find((line) => line.includes("login.decided"))).toContain('"warning":"answered by its shape');
  });

  test("but not under another known kind", async () => {
    const response = await door.post("/in/vcc/user?secret-key=vcc-key", question);
    expect(await response.json()).toEqual({ receipt: expect.stringMatching(/^rcpt_/) });
  });

  test("but a shape that names no project is a webhook like any other", async () => {
    const response = await door.post("/in/vcc?secret-key=vcc-key", {
      ...question,
      projectId: null,
      secondaryProjectIds: [],
    });
    expect(await response.json()).toEqual({ receipt: expect.stringMatching(/^rcpt_/) });
  });

  test.each(["fails", "hangs"] as const)("at once, also when the queue %s", async (state) => {
    await door.post(path, question);
    door.queue = state;
    const began = performance.now();
    expect(await answerOf(await door.post(path, question))).toEqual(answer);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

test("an answered question becomes a message that carries the answer", async () => {
  await door.post(path, question);
  await door.settle();
  expect(door.queued).toMatchObject([
    {
      source: "vcc",
      kind: "project-login",
      key: "env:VCC_KEY",
      body: JSON.stringify(question),
      login: { granted: false, projects: { "7": true, "11": false, "12": true } },
    },
  ]);
  expect(door.lines.find((line) => line.includes("login.decided"))).toContain('"granted":false');
});
