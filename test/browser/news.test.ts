import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../../src/cli/until.ts";
import { openRelay } from "../e2e/relay.ts";
import { findChromium, findViolations, launch, openTab, PATIENCE_MS, signIn } from "./chromium.ts";

const executable = findChromium();
const KEY = "news-key";
const config = { sources: { voiso: { vendor: "voiso", keys: [KEY] } }, destinations: {} };
const LIST = "/dashboard/events";
/** More than a window shows. */
const FIRST_ROWS = 40;
const REFRESH_MS = 5000;
const LOOK_MS = 50;

let browser: Browser;
let relay: Awaited<ReturnType<typeof openRelay>>;
let sent = 0;

/** Has so many more events in the log. */
async function send(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    sent += 1;
    const body = JSON.stringify({ event: "agent.status.update", secret: KEY, data: { id: sent } });
    expect((await fetch(`${relay.url}/in/voiso`, { method: "POST", body })).status).toBe(200);
  }
  const isKept = async () => ((await relay.ledger()).webhooks.events ?? 0) >= sent;
  await until(Date.now() + PATIENCE_MS, LOOK_MS, isKept);
}

const idsOf = (page: Page) =>
  page.locator("[data-rows] [data-row]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-row")));

/** Where somebody is on a page: what has the focus, where that stands in the window, and how far it is scrolled. */
const placeOf = (page: Page) =>
  page.evaluate(() => {
    const here = document.activeElement;
    return { focus: here?.getAttribute("href"), top: here?.getBoundingClientRect().top, scroll: window.scrollY };
  });

const name = executable === undefined ? "news of a list (SKIPPED: no browser)" : "news of a list";

describe.skipIf(executable === undefined)(
  name,
  () => {
    beforeAll(async () => {
      [browser, relay] = await Promise.all([launch(executable ?? ""), openRelay(config)]);
      await send(FIRST_ROWS);
    }, 180_000);
    afterAll(async () => {
      await browser?.close();
      await relay?.close();
    });

    async function openList(): Promise<Page> {
      const page = await openTab(browser, { bypassCSP: true, viewport: { width: 1280, height: 720 } });
      await page.clock.install();
      await signIn(page, relay.url, relay.adminToken);
      await page.goto(`${relay.url}${LIST}`);
      return page;
    }

    test.each([
      ["at its top", 1],
      ["far down", FIRST_ROWS - 5],
    ])("wait behind a bar that says how many, and nothing moves %s", async (_, at) => {
      const page = await openList();
      const before = await idsOf(page);
      await page.locator("[data-row]").nth(at).locator("a").first().focus();
      const place = await placeOf(page);
      expect(place.focus).toContain("/dashboard/events/evt_");

      await send(2);
      await page.clock.runFor(REFRESH_MS);
      const bar = page.locator("button.news");
      await bar.getByText("2 new", { exact: true }).waitFor();
      await send(1);
      await page.clock.runFor(REFRESH_MS);
      await bar.getByText("3 new", { exact: true }).waitFor();
      expect(await idsOf(page)).toEqual(before);
      expect(await placeOf(page)).toEqual(place);
      // Whoever is far down sees it, too.
      const box = await bar.boundingBox();
      expect(box !== null && box.y >= 0 && box.y + box.height <= 720).toBe(true);
      expect(await findViolations(page)).toEqual([]);

      await bar.click();
      await bar.waitFor({ state: "detached" });
      const after = await idsOf(page);
      expect(after.slice(3)).toEqual(before.slice(0, after.length - 3));
      expect(new Set(after).size).toBe(after.length);
      // It leads to what is new, also for those who pressed it by a key.
      await page.locator("[data-row]").first().locator("a:focus").waitFor();
      expect(await page.evaluate(() => window.scrollY)).toBeLessThan(720);
    });

    test("are looked for by nobody who does not see the page", async () => {
      const page = await openTab(browser);
      await page.clock.install();
      await signIn(page, relay.url, relay.adminToken);
      await page.goto(`${relay.url}${LIST}`);
      let asked = 0;
      page.on("request", (request) => {
        if (new URL(request.url()).pathname === LIST) asked += 1;
      });
      const see = (state: DocumentVisibilityState) =>
        page.evaluate((told) => {
          Object.defineProperty(document, "visibilityState", { configurable: true, get: () => told });
          document.dispatchEvent(new Event("visibilitychange"));
        }, state);
      await see("hidden");
      await page.clock.runFor(20 * REFRESH_MS);
      expect(asked).toBe(0);

      const look = page.waitForRequest(`${relay.url}${LIST}`);
      await see("visible");
      await page.clock.runFor(REFRESH_MS);
      await look;
    });
  },
  PATIENCE_MS * 2,
);
