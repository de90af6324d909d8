import { beforeEach, describe, expect, test } from "vitest";
import { call, configureVcc } from "./call.ts";
import { type Recorded, record } from "./record.ts";

const HOUR = 3_600_000;
const current = {
  groups: { "3": { allow: [7, 11], note: "Collections" }, "4": { allow: [21] }, "5": { allow: [31] } },
  users: { "42": { deny: [11] } },
};
/** Yesterday, at some minutes of some hour. */
const yesterday = (hour: number, minute = 0) => new Date(Date.now() - 24 * HOUR + hour * HOUR + minute * 60_000);
const nora = { userId: 41, username: "nora_k", groupId: 3, projects: [7, 11], map: current };
const ivan = { userId: 42, username: "ivan", groupId: 3, projects: [7], map: current };

function login(who: Omit<Recorded, "at">, at: Date): Recorded {
  return { ...who, at: at.toISOString() };
}

beforeEach(async () => {
  await configureVcc();
  await call("PUT", "permissions/vcc", current);
});

describe("a dry run on a recorded day", () => {
  test("tells whose answer would change, and by which rule", async () => {
    await record([
      login(nora, yesterday(0)),
      login(nora, yesterday(2)),
      login(nora, yesterday(4)),
      login(ivan, yesterday(1)),
      login({ ...ivan, userId: 51, username: "eve", groupId: 9, projects: [21] }, yesterday(1)),
    ]);
    const map = { groups: { "3": { allow: [7] } }, usernames: { EVE: { allow: [21] } } };
    const { status, body } = await call("POST", "permissions/vcc/dry-run", { map });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      days: 7,
      asked: 5,
      distinct: 5,
      cut: false,
      letIn: 1,
      shutOut: 3,
      changed: 2,
      changes: [
        {
          agent: { userId: "41", username: "nora_k", groupId: "3" },
          asked: ["7", "11"],
          times: 3,
          before: true,
          after: false,
          projects: [
            {
              project: "11",
              before: { granted: true, rule: "groups.3 allow" },
              after: { granted: false, rule: "none" },
            },
          ],
        },
        { agent: { userId: "51" }, times: 1, before: false, after: true },
      ],
      dangers: [],
      warnings: [],
    });
    expect((await call("GET", "permissions/vcc")).body).toEqual(current);
  });

  test("judges each question at the time at which it was asked", async () => {
    await record([login(nora, yesterday(0)), login(nora, yesterday(6))]);
    const until = yesterday(3).toISOString();
    const map = { ...current, users: { "41": { deny: [7], until } } };
    expect((await call("POST", "permissions/vcc/dry-run", { map })).body).toMatchObject({ changed: 1, shutOut: 1 });
  });

  test("takes the questions of so many days, and of this source", async () => {
    await record([login(nora, yesterday(0)), login(nora, yesterday(-72))]);
    const map = { users: { "1": { allow: [1] } } };
    expect((await call("POST", "permissions/vcc/dry-run", { map, days: 2 })).body).toMatchObject({ asked: 1, days: 2 });
    expect((await call("POST", "permissions/vcc/dry-run", { map, days: 5 })).body).toMatchObject({ asked: 2 });
  });

  test("tells what would have to be confirmed, and refuses a map that is not valid", async () => {
    expect((await call("POST", "permissions/vcc/dry-run", { map: {} })).body.dangers).toMatchObject([
      { code: "locks_out_everybody" },
    ]);
    expect(await call("POST", "permissions/vcc/dry-run", { map: { users: { "1": { allow: 7 } } } })).toMatchObject({
      status: 422,
      body: { faults: [{ path: "users.1.allow" }] },
    });
  });
});

describe("unused rules", () => {
  test("are those that no question came to", async () => {
    await record([login(nora, yesterday(0)), login(ivan, yesterday(1))]);
    expect((await call("GET", "permissions/vcc/unused?days=2")).body).toEqual({
      days: 2,
      asked: 2,
      distinct: 2,
      cut: false,
      unused: 3,
      rules: [
        { owner: "groups.4", position: 1 },
        { owner: "groups.5", position: 1 },
        { owner: "users.42", position: 1 },
      ],
    });
  });
});
