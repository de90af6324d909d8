import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { together } from "../../../src/platform/d1/together.ts";
import { measure } from "../../many/meter.ts";

function counted() {
  const measured = measure(env);
  return { log: together(measured.env.LOG), meter: measured.meter };
}

describe("asking the log together", () => {
  it("sends what is asked at once by one request, and gives each its own answer", async () => {
    const { log, meter } = counted();
    const [one, two, three, none] = await Promise.all([
      log.prepare("SELECT ?1 AS n").bind(1).all(),
      log.batch([log.prepare("SELECT 2 AS n"), log.prepare("SELECT 3 AS n")]),
      log.prepare("SELECT 4 AS n").first(),
      log.prepare("SELECT 5 AS n WHERE false").first(),
    ]);
    expect([one.results, two.map(({ results }) => results), three, none]).toEqual([
      [{ n: 1 }],
      [[{ n: 2 }], [{ n: 3 }]],
      { n: 4 },
      null,
    ]);
    expect(await log.prepare("SELECT 6 AS n").first("n")).toBe(6);
    expect(one.meta.size_after).toBeGreaterThan(0);
    expect([meter.trips, meter.statements]).toEqual([2, 6]);
  });

  it("sends what is asked later by another", async () => {
    const { log, meter } = counted();
    await log.prepare("SELECT 1").all();
    await log.prepare("SELECT 1").all();
    expect(meter.trips).toBe(2);
  });

  it("fails all where one fails, and nothing that is asked after them", async () => {
    const { log } = counted();
    const asked = await Promise.allSettled([log.prepare("SELECT 1").all(), log.prepare("SELECT * FROM nowhere").all()]);
    expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await log.prepare("SELECT 6 AS n").first()).toEqual({ n: 6 });
  });
});
