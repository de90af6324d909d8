import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "../api/call.ts";
import { keepEvents } from "../api/keep-events.ts";
import { configure } from "../delivery/scene.ts";
import { type Browser, signedIn } from "./browse.ts";
import { inText, rowsIn } from "./in-text.ts";
import { signedInAs } from "./somebody.ts";

const XSS = `"><img src=x onerror=alert(1)>`;
const START = Date.parse("2026-11-20T09:00:00Z");
const FOREIGN = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };

beforeEach(() => configure({ crm: { url: "https://crm.example.com/" }, bi: { url: "https://bi.example.com/" } }));

/** So many dead letters of crm, one each minute, and one of bi. */
async function giveUp(times = 3): Promise<void> {
  const dead = Array.from({ length: times }, (_, at) => ({
    at: START + at * 60_000,
    deliveries: { crm: "dead" } as const,
  }));
  await keepEvents(...dead, { at: START, deliveries: { bi: "dead", crm: "delivered" } });
}

/** Counts the dead letters of crm, as one does on the page. */
async function count(browser: Browser, form: Record<string, string> = {}): Promise<string> {
  const counted = await browser.send("/dashboard/replays", { state: "dead", destination: "crm", ...form });
  expect(counted.status).toBe(303);
  return counted.headers.get("location") ?? "";
}

const begun = async () =>
  (await env.LOG.prepare("SELECT count(*) AS n FROM delivery WHERE run > 0").first<number>("n")) ?? 0;

describe("dead letters", () => {
  it("stand by cause and one by one, and lead to a replay of each cause", async () => {
    await giveUp();
    const { status, html } = await (await signedInAs("operator")).open("/dashboard/dead-letters");
    expect(status).toBe(200);
    const rows = rowsIn(html);
    expect(rows.find((row) => row.includes("Replay…") && row.includes("crm"))).toMatch(
      /^It answered 500\. status_500 crm 3 /,
    );
    expect(rows.filter((row) => row.includes("▲ dead"))).toHaveLength(4);
    const query =
      "state=dead&amp;destination=crm&amp;since=2026-11-20T09%3A00%3A00Z&amp;until=2026-11-20T09%3A02%3A01.000Z";
    expect(html).toContain(`/dashboard/replays/new?${query}`);
  });

  it("are those of one destination, or what came too late", async () => {
    await giveUp();
    const browser = await signedIn();
    expect(rowsIn((await browser.open("/dashboard/dead-letters?destination=bi")).html)).toHaveLength(4);
    const late = inText((await browser.open("/dashboard/dead-letters?state=expired")).html);
    expect(late).toContain("Nothing came too late");
    expect((await browser.open("/dashboard/dead-letters?state=alive")).status).toBe(422);
  });

  it("are seen by a viewer, who replays nothing", async () => {
    await giveUp();
    const { html } = await (await signedInAs("viewer")).open("/dashboard/dead-letters");
    expect(inText(html)).toContain("It answered 500.");
    expect(html).not.toContain("/dashboard/replays/new");
  });
});

describe("a replay", () => {
  it("counts first, and sends exactly that once it is started", async () => {
    await giveUp();
    const browser = await signedInAs("operator");
    const filled = await browser.open("/dashboard/replays/new?state=dead&destination=crm&since=2026-11-20T09:01:00Z");
    expect(filled.html).toContain('<option value="dead" selected="">');
    expect(filled.html).toContain('value="2026-11-20T09:01:00Z"');
    const path = await count(browser, { reason: "crm is back", since: "2026-11-20 10:01", zone: "Europe/Budapest" });
    const counted = await browser.open(path);
    expect(inText(counted.html)).toMatch(/^It found 2 deliveries of 2 events; .* Send these 2 deliveries/);
    expect(await begun()).toBe(0);
    await keepEvents({ at: START + 90_000, deliveries: { crm: "dead" } });
    const started = await browser.send(`${path}/start`, {});
    expect([started.status, started.headers.get("location")]).toEqual([303, `${path}?said=replay_started`]);
    expect(await begun()).toBe(2);
    const text = inText((await browser.open(path)).html);
    expect(text).toContain("It began 2 of 2");
    expect(text).toContain("crm is back");
    expect(text).toContain("● done");
  });

  it("of many is started by whoever types how many", async () => {
    await giveUp(100);
    const browser = await signedInAs("operator");
    const path = await count(browser);
    const wrong = await browser.send(`${path}/start`, { count: "99" });
    expect([wrong.status, inText(wrong.html)]).toEqual([422, expect.stringContaining("type 100 to start it")]);
    expect(await begun()).toBe(0);
    expect((await browser.send(`${path}/start`, { count: " 100 " })).status).toBe(303);
    expect(await begun()).toBeGreaterThan(0);
  });

  it("that was cancelled sends nothing, and can be asked for again", async () => {
    await giveUp();
    const browser = await signedInAs("operator");
    const path = await count(browser, { to: "bi" });
    const cancelled = await browser.send(`${path}/cancel`, {});
    expect(cancelled.headers.get("location")).toBe(`${path}?said=replay_cancelled`);
    const { html } = await browser.open(path);
    expect(inText(html)).toContain("Ask for it again…");
    expect(html).toMatch(/\/dashboard\/replays\/new\?state=dead&amp;destination=crm&amp;until=[^"]*&amp;to=bi/);
    const late = await browser.send(`${path}/start`, {});
    expect([late.status, inText(late.html)]).toEqual([422, expect.stringContaining("It was cancelled")]);
    expect(await begun()).toBe(0);
  });

  it("that is refused keeps what was typed", async () => {
    const browser = await signedInAs("operator");
    const form = { type: "nothing", reason: XSS, to: XSS, perSecond: "7" };
    const { status, html } = await browser.send("/dashboard/replays", form);
    expect(status).toBe(422);
    expect(inText(html)).toContain("type: no such event type");
    expect(html).toContain('value="nothing"');
    expect(html).toContain('value="7"');
    expect(html).not.toContain("<img src=x");
    expect((await browser.send("/dashboard/replays", { state: "unrouted" })).status).toBe(422);
  });

  it("is listed with who asked for it, and why", async () => {
    await giveUp();
    const browser = await signedInAs("operator");
    expect(inText((await browser.open("/dashboard/replays")).html)).toContain("Nothing was replayed");
    await count(browser, { reason: XSS });
    const { html } = await browser.open("/dashboard/replays");
    expect(rowsIn(html)[1]).toMatch(/operator .* state dead , destination crm , until .* crm 3 0 0 ◐ counted$/);
    expect(html).not.toContain("<img src=x");
    expect((await browser.open("/dashboard/replays/rpl_nothing")).status).toBe(404);
  });

  it.each(["viewer", "supervisor", "receiver"])("is not a %s's", async (role) => {
    await giveUp();
    const path = await count(await signedIn());
    const browser = await signedInAs(role);
    for (const page of ["/dashboard/replays", "/dashboard/replays/new", path]) {
      expect((await browser.open(page)).status).toBe(403);
    }
    for (const action of ["/dashboard/replays", `${path}/start`, `${path}/cancel`]) {
      expect((await browser.send(action, { state: "dead" })).status).toBe(403);
    }
    expect(await begun()).toBe(0);
  });

  it("is no other site's", async () => {
    await giveUp();
    const browser = await signedIn();
    const path = await count(browser);
    for (const action of ["/dashboard/replays", `${path}/start`, `${path}/cancel`]) {
      expect((await browser.send(action, { state: "dead" }, FOREIGN)).status).toBe(403);
    }
    expect(await begun()).toBe(0);
    expect((await call("GET", "replays")).body).toMatchObject({ items: [{ state: "counted" }] });
  });
});
