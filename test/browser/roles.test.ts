import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBuiltRelay } from "../e2e/relay.ts";
import { findByLinks, pages } from "./all-pages.ts";
import { openBusyRelay } from "./busy-relay.ts";
import { cookieOf, findChromium, findViolations, launch, openTab, PATIENCE_MS, signIn } from "./chromium.ts";
import { expectRowsByKeys, findUnreachable } from "./keyboard.ts";

const executable = findChromium();
const NARROW = { width: 320, height: 720 };

/** From the least on. */
const ranks = ["viewer", "supervisor", "operator", "admin"];

/** Those who see less than an admin. */
const people = ["viewer", "supervisor", "operator"] as const;
/** An admin's pages are looked at in every way elsewhere: here it is about what is hidden and left out. */
const LOOK: BrowserContextOptions = { bypassCSP: true, viewport: NARROW, colorScheme: "dark" };

let browser: Browser;
let relay: Awaited<ReturnType<typeof openBusyRelay>>;

const mayOpen = (role: string, who: string) => ranks.includes(who) && ranks.indexOf(who) <= ranks.indexOf(role);

const name = executable === undefined ? "each role (SKIPPED: no browser)" : "each role";

describe.skipIf(executable === undefined)(
  name,
  () => {
    beforeAll(async () => {
      [browser, relay] = await Promise.all([launch(executable ?? ""), openBusyRelay(openBuiltRelay)]);
    }, 180_000);
    afterAll(async () => {
      await browser?.close();
      await relay?.close();
    });

    test.each(people)("a %s finds every page of theirs by links, and no other", async (role) => {
      const page = await openTab(browser);
      await signIn(page, relay.url, relay.tokens[role]);
      const places = await findByLinks(relay.url, await cookieOf(page), "/dashboard");
      const theirs = pages.filter(({ who }) => mayOpen(role, who)).map(({ path }) => path);
      expect([...places.keys()].toSorted()).toEqual(theirs.toSorted());
    });

    test("a supervisor's pages are without fault to axe, as wide as their window, and go by the keyboard alone", async () => {
      const page = await openTab(browser, LOOK);
      await signIn(page, relay.url, relay.tokens.supervisor);
      const places = await findByLinks(relay.url, await cookieOf(page), "/dashboard");
      const faults: string[] = [];
      for (const [path, place] of places) {
        const answer = await page.goto(`${relay.url}${place}`, { waitUntil: "domcontentloaded" });
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        const found = [
          ...(answer?.status() === 200 ? [] : [`status ${answer?.status()}`]),
          ...(width === NARROW.width ? [] : [`is ${width} wide`]),
          ...(await findViolations(page)),
          ...(await page.evaluate(findUnreachable)),
        ];
        faults.push(...found.map((fault) => `${path}: ${fault}`));
        await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
        await expectRowsByKeys(page);
      }
      expect(faults).toEqual([]);
    });

    test("what a viewer may not see says so, and is a page like the others", async () => {
      const page = await openTab(browser, { bypassCSP: true, viewport: NARROW });
      await signIn(page, relay.url, relay.tokens.viewer);
      expect((await page.goto(`${relay.url}/dashboard/tokens`))?.status()).toBe(403);
      expect(await page.locator("main").innerText()).toContain("This page needs the role admin.");
      expect(await findViolations(page)).toEqual([]);
    });

    test("somebody signs in, is told of a wrong token, and signs out, by the keyboard alone", async () => {
      const page = await openTab(browser, { bypassCSP: true });
      await page.goto(`${relay.url}/dashboard/sign-in`);
      await page.locator("#token:focus").waitFor();
      await page.keyboard.type("hst_wrong");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").waitFor();
      await page.locator("#token:focus").waitFor();
      expect(await findViolations(page)).toEqual([]);

      await page.keyboard.type(relay.tokens.viewer);
      await page.keyboard.press("Enter");
      await page.locator("h1.verdict").waitFor();
      await tabTo(page, "Sign out");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/dashboard\/sign-in/);
      await page.locator("#token:focus").waitFor();
      await page.goto(`${relay.url}/dashboard`);
      expect(page.url()).toContain("/dashboard/sign-in");
    });
  },
  PATIENCE_MS * 3,
);

/** Tab, until what has that name has the focus; not for ever. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  const most = await page.locator("a[href], button, input, summary, [tabindex='0']").count();
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === wanted) return;
  }
  throw new Error(`Tab leads to no ${wanted}`);
}
