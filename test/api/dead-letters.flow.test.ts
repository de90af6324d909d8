import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { adviseOnCause } from "../../src/api/dead-letters/advice.ts";
import { call, configureVcc } from "./call.ts";
import { keepEvents } from "./keep-events.ts";

const START = Date.parse("2026-11-20T09:00:00Z");
const MINUTE = 60_000;

beforeEach(() => configureVcc());

/** Three dead letters of two destinations, of which one has another cause, and one that came too late. */
async function giveUp() {
  const kept = await keepEvents(
    { at: START, deliveries: { crm: "dead" } },
    { at: START + MINUTE, deliveries: { crm: "dead", bi: "dead" } },
    { at: START + 2 * MINUTE, deliveries: { crm: "delivered", bi: "waiting" } },
    { at: START + 3 * MINUTE, deliveries: { crm: "expired" } },
  );
  await env.LOG.prepare("UPDATE delivery SET reason = 'timeout' WHERE destination = 'bi'").run();
  return kept;
}

describe("dead letters", () => {
  it("are grouped by destination and cause, with what to do", async () => {
    const kept = await giveUp();
    const { status, body } = await call("GET", "dead-letters");
    expect([status, body]).toEqual([
      200,
      {
        items: [
          {
            destination: "crm",
            state: "dead",
            reason: "status_500",
            deliveries: 2,
            first: "2026-11-20T09:00:00Z",
            last: "2026-11-20T09:01:00Z",
            sample: kept[1]?.receipt,
            sentence: "It answered 500.",
            next: "Look whether it is well; then replay them.",
          },
          expect.objectContaining({ destination: "bi", reason: "timeout", deliveries: 1 }),
        ],
        more: false,
      },
    ]);
  });

  it("are those of one destination, or those that came too late", async () => {
    await giveUp();
    expect((await call("GET", "dead-letters?destination=bi")).body).toMatchObject({ items: [{ destination: "bi" }] });
    expect((await call("GET", "dead-letters?state=expired")).body).toMatchObject({
      items: [{ destination: "crm", state: "expired", deliveries: 1 }],
    });
  });

  it("are none any more once they were replayed", async () => {
    const [first] = await giveUp();
    await env.LOG.prepare(
      `INSERT INTO delivery (receipt, destination, run, source, type, state, attempt, since, attempts)
       SELECT receipt, destination, 1, source, type, 'delivered', 1, since, '[]' FROM delivery WHERE receipt = ?1`,
    )
      .bind(first?.receipt)
      .run();
    expect((await call("GET", "dead-letters?destination=crm")).body).toMatchObject({ items: [{ deliveries: 1 }] });
  });

  it("have words for every cause", () => {
    for (const reason of [
      "timeout",
      "status_410",
      "status_401",
      "status_429",
      "status_302",
      "status_404",
      "status_503",
    ]) {
      expect(adviseOnCause(reason).sentence).not.toContain("Nobody");
    }
    expect(adviseOnCause(null).sentence).toBe("Nobody has written down why.");
  });
});
