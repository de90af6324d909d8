import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { readUnknownProjects } from "../../src/log/counts/unknown-projects.ts";
import { forgetPermissions } from "../../src/login/store/permissions.ts";
import { type Door, openDoor } from "../intake/door.ts";

const path = "/in/vcc/project-login?secret-key=vcc-key";
let door: Door;
beforeEach(async () => {
  door = await openDoor();
  forgetPermissions();
  await env.PERMISSIONS.put("vcc", JSON.stringify({ users: { "41": { allow: [7] } } }));
});

const ask = (...projects: (string | number)[]) =>
  door.post(path, { projectId: 7, userId: 41, secondaryProjectIds: projects });
const kept = async () => (await readUnknownProjects(env.LOG, "vcc")).map(({ project }) => project).sort();
const untilKept = (count: number) =>
  vi.waitUntil(async () => (await kept()).length >= count, { timeout: 60_000, interval: 20 });

/** What is done with the log, in its order. */
function watchLog(): string[] {
  const statements: string[] = [];
  const prepare = env.LOG.prepare.bind(env.LOG);
  vi.spyOn(env.LOG, "prepare").mockImplementation((sql: string) => {
    statements.push(sql);
    return prepare(sql);
  });
  return statements;
}

describe("projects that no rule names", () => {
  test("are recorded in one statement for each question, a hundred of them at most", async () => {
    const statements = watchLog();
    await ask(...Array.from({ length: 10_000 }, (_, n) => 1000 + n));
    await untilKept(100);
    await door.settle(1500);
    expect(await kept()).toHaveLength(100);
    expect(statements.filter((sql) => sql.includes("INSERT INTO unknown_project"))).toHaveLength(1);
  });

  test("of many logins in one second are recorded together, behind the answers", async () => {
    await ask(8);
    await untilKept(1);
    const statements = watchLog();
    await Promise.all(Array.from({ length: 50 }, (_, n) => ask(100 + n)));
    expect(statements.filter((sql) => sql.includes("unknown_project"))).toHaveLength(0);
    await untilKept(51);
    expect(statements.filter((sql) => sql.includes("INSERT INTO unknown_project"))).toHaveLength(1);
    expect(door.lines.filter((line) => line.includes("login.unknown_project"))).toHaveLength(51);
  });

  test("are one in all their spellings, and are recorded once", async () => {
    await ask(" 08", "８", 8, "008");
    await untilKept(1);
    await ask("08");
    await door.settle(1500);
    expect(await kept()).toEqual(["8"]);
  });

  test("never hold up the decision, nor the answer, while the log hangs or fails", async () => {
    for (const state of ["hangs", "fails"] as const) {
      forgetPermissions();
      door.log = state;
      const began = performance.now();
      expect(await (await ask(21)).json()).toEqual({ "7": true, "21": false });
      expect(performance.now() - began).toBeLessThan(1500);
    }
    await door.settle();
    expect(door.queued).toHaveLength(2);
    await door.settle(3000);
    door.log = "answers";
    await vi.waitUntil(
      async () => {
        await ask(21);
        return (await kept()).length === 1;
      },
      { timeout: 60_000, interval: 200 },
    );
  });

  test("fill no more than a thousand rows of a source, whatever is asked", async () => {
    const rows = Array.from({ length: 995 }, (_, n) => ({ source: "vcc", project: `x${n}`, first: n }));
    await env.LOG.prepare(
      "INSERT INTO unknown_project SELECT value ->> 'source', value ->> 'project', value ->> 'first' FROM json_each(?1)",
    )
      .bind(JSON.stringify(rows))
      .run();
    await ask(...Array.from({ length: 50 }, (_, n) => 1000 + n));
    await untilKept(1000);
    await door.settle(1500);
    expect(await kept()).toHaveLength(1000);
  });

  test("are none while the question cannot be read", async () => {
    await door.post(path, { projectId: 31, userId: [41], secondaryProjectIds: [32] });
    await ask(8);
    await untilKept(1);
    expect(await kept()).toEqual(["8"]);
  });
});
