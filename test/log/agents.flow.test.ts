import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { addAgents, readAgentNames, readAgents, removeAgents } from "../../src/log/agents.ts";

const nora = { id: "41", username: "nora_k" };
const all = async () => {
  const { results } = await env.LOG.prepare("SELECT * FROM agent ORDER BY source, id, username").all();
  return results;
};

describe("agents", () => {
  it("are written once a day, and nothing is where the day is the same or an earlier one", async () => {
    await addAgents(env.LOG, "vcc", [nora], "2026-11-20");
    await addAgents(env.LOG, "vcc", [nora, nora], "2026-11-20");
    await addAgents(env.LOG, "vcc", [nora], "2026-11-19");
    expect(await all()).toEqual([{ source: "vcc", ...nora, seen: "2026-11-20" }]);
    await addAgents(env.LOG, "vcc", [nora], "2026-11-21");
    expect(await all()).toEqual([{ source: "vcc", ...nora, seen: "2026-11-21" }]);
  });

  it("cost no written row where nothing is new, and one of each day", async () => {
    const written: number[] = [];
    const LOG = Object.assign(Object.create(env.LOG), {
      prepare: (sql: string) => {
        const statement = env.LOG.prepare(sql);
        return {
          bind: (...values: unknown[]) => ({
            run: async () => {
              const result = await statement.bind(...values).run();
              written.push(result.meta.rows_written);
              return result;
            },
          }),
        };
      },
    });
    for (const day of ["2026-11-20", "2026-11-20", "2026-11-21"]) await addAgents(LOG, "vcc", [nora], day);
    expect(written).toEqual([2, 0, 1]);
  });

  it("are at most ten thousand of a source; those who are known are noted all the same", async () => {
    await env.LOG.prepare(
      `WITH RECURSIVE n AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM n WHERE n < 9999)
       INSERT INTO agent SELECT 'vcc', n, '', '2026-11-19' FROM n`,
    ).run();
    const given = [nora, { id: "1", username: "" }, { id: "x", username: "" }, { id: "y", username: "" }];
    await addAgents(env.LOG, "vcc", given, "2026-11-20");
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM agent").first("n")).toBe(10_000);
    const { results } = await env.LOG.prepare("SELECT id FROM agent WHERE seen = '2026-11-20' ORDER BY id").all();
    expect(results).toHaveLength(2);
    expect(results).toContainEqual({ id: "1" });
    await addAgents(env.LOG, "other", [nora], "2026-11-20");
    expect(await readAgents(env.LOG, "other", { id: "41" })).toHaveLength(1);
  });

  it("are found by id and by name, those seen last first, each source its own", async () => {
    await addAgents(env.LOG, "vcc", [nora, { id: "52", username: "ivan" }], "2026-11-19");
    await addAgents(env.LOG, "vcc", [{ id: "41", username: "nora_kovacs" }], "2026-11-20");
    await addAgents(env.LOG, "other", [nora], "2026-11-20");
    expect(await readAgents(env.LOG, "vcc", { id: "41" })).toEqual([
      { id: "41", username: "nora_kovacs", seen: "2026-11-20" },
      { ...nora, seen: "2026-11-19" },
    ]);
    expect(await readAgents(env.LOG, "vcc", { username: "ivan" })).toMatchObject([{ id: "52" }]);
    expect(await readAgents(env.LOG, "vcc", {})).toEqual([]);
    expect((await readAgentNames(env.LOG, "vcc", "n")).toSorted()).toEqual([
      "41",
      "52",
      "ivan",
      "nora_k",
      "nora_kovacs",
    ]);
  });

  it("are looked up by keys, not by going through all of them", async () => {
    const plan = async (sql: string) => {
      const { results } = await env.LOG.prepare(`EXPLAIN QUERY PLAN ${sql}`).all<{ detail: string }>();
      return results.map(({ detail }) => detail).join("; ");
    };
    expect(await plan("SELECT seen FROM agent WHERE source = 's' AND id = '1'")).toMatch(
      /SEARCH agent USING PRIMARY KEY/,
    );
    expect(await plan("SELECT id FROM agent INDEXED BY agent_name WHERE source = 's' AND username = 'x'")).toMatch(
      /SEARCH agent USING COVERING INDEX agent_name/,
    );
  });

  it("go with the events", async () => {
    await addAgents(env.LOG, "vcc", [nora], "2026-10-20");
    await addAgents(env.LOG, "vcc", [{ id: "52", username: "ivan" }], "2026-10-21");
    await removeAgents(env.LOG, "2026-10-21").run();
    expect(await all()).toMatchObject([{ id: "52" }]);
  });
});
