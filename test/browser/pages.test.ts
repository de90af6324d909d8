import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBuiltRelay } from "../e2e/relay.ts";
import { findByLinks, pages } from "./all-pages.ts";
import { openBusyRelay } from "./busy-relay.ts";
import { cookieOf, findChromium, findViolations, launch, openTab, PATIENCE_MS, signIn } from "./chromium.ts";
import { expectRowsByKeys, findUnreachable } from "./keyboard.ts";

const executable = findChromium();
const NARROW = { width: 320, height: 720 };
const WIDE = { width: 1280, height: 860 };

/** What one of those who sign in looks with: as it is, without script, and past the policy, for axe alone. */
interface Tabs {
  readonly plain: Page;
  readonly scriptless: Page;
  readonly open: Page;
}

const complaints: string[] = [];
let browser: Browser;
let relay: Awaited<ReturnType<typeof openBusyRelay>>;
let tabs: ReadonlyMap<string, Tabs>;
let places: ReadonlyMap<string, string>;

async function openTabs(token: string): Promise<Tabs> {
  const [plain, scriptless, open] = await Promise.all([
    openTab(browser, { viewport: WIDE }),
    openTab(browser, { javaScriptEnabled: false }),
    openTab(browser, { bypassCSP: true, viewport: NARROW }),
  ]);
  for (const page of [plain, scriptless, open]) await signIn(page, relay.url, token);
  plain.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  plain.on("pageerror", ({ message }) => complaints.push(message));
  return { plain, scriptless, open };
}

async function prepare(): Promise<void> {
  const found = findChromium();
  if (found === undefined) return;
  [browser, relay] = await Promise.all([launch(found), openBusyRelay(openBuiltRelay)]);
  const [admin, receiver] = [await openTabs(relay.adminToken), await openTabs(relay.receiverToken)];
  tabs = new Map([
    ["admin", admin],
    ["receiver", receiver],
  ]);
  places = new Map([
    ...(await findByLinks(relay.url, await cookieOf(receiver.plain), "/dashboard/receiver")),
    ...(await findByLinks(relay.url, await cookieOf(admin.plain), "/dashboard")),
  ]);
}

function tabsOf(who: string): Tabs {
  const found = tabs.get(who === "receiver" ? "receiver" : "admin");
  if (found === undefined) throw new Error(`nobody has signed in as ${who}`);
  return found;
}

/** Where a page is; one to which no link leads is found by nobody. */
function placeOf(path: string): string {
  const place = places.get(path);
  if (place === undefined) throw new Error(`no link leads to ${path}`);
  return `${relay.url}${place}`;
}

const name = executable === undefined ? "every page (SKIPPED: no browser)" : "every page";

describe.skipIf(executable === undefined)(
  name,
  () => {
    beforeAll(prepare, 180_000);
    afterAll(async () => {
      await browser?.close();
      await relay?.close();
    });

    test("so are the page to sign in, and the one for what is not there", async () => {
      const { open } = tabsOf("admin");
      const out = await openTab(browser, { bypassCSP: true });
      for (const [page, path] of [
        [out, "/dashboard/sign-in"],
        [open, "/dashboard/no/such/page"],
        [open, "/dashboard?said=paused&destination=crm"],
      ] as const) {
        await page.goto(`${relay.url}${path}`);
        for (const { viewport, colorScheme } of [...looksOf(0), ...looksOf(1)]) {
          await page.setViewportSize(viewport);
          await page.emulateMedia({ colorScheme });
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
          expect(await findViolations(page)).toEqual([]);
        }
      }
    });

    describe.each(pages.map((page, at) => ({ ...page, looks: looksOf(at) })))("$path", ({ path, who, looks }) => {
      test("is without fault to axe, narrow and wide, light and dark, and never wider than its window", async () => {
        const { open } = tabsOf(who);
        expect((await open.goto(placeOf(path), { waitUntil: "domcontentloaded" }))?.status()).toBe(200);
        for (const { viewport, colorScheme, rules } of looks) {
          await open.setViewportSize(viewport);
          await open.emulateMedia({ colorScheme });
          expect(await open.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
          expect(await findViolations(open, rules)).toEqual([]);
        }
      });

      test("keeps to its policy, is reached by the keyboard alone, and says the same without script", async () => {
        const { plain, scriptless } = tabsOf(who);
        complaints.length = 0;
        const [, bare] = await Promise.all([
          plain.goto(placeOf(path)),
          scriptless.goto(placeOf(path), { waitUntil: "domcontentloaded" }),
        ]);
        expect(complaints).toEqual([]);
        expect(await plain.evaluate(findUnreachable)).toEqual([]);
        // A page may begin in a field, where every key is a letter.
        await plain.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
        await plain.keyboard.press("?");
        await plain.locator("dialog[open]").waitFor();
        await plain.keyboard.press("Escape");
        await plain.locator("dialog[open]").waitFor({ state: "detached" });
        await expectRowsByKeys(plain);

        expect(bare?.status()).toBe(200);
        const [headings, bareHeadings] = await Promise.all(
          [plain, scriptless].map((page) => page.locator("h1").allInnerTexts()),
        );
        expect(headings).toHaveLength(1);
        expect(bareHeadings).toHaveLength(1);
        // What only a script could do does not show, and every form can be sent.
        expect(await scriptless.locator('main button[type="button"]:visible').count()).toBe(0);
        const dead = scriptless.locator("main form:not(:has(button:not([type=button]), input[type=submit]))");
        expect(await dead.count()).toBe(0);
      });
    });
  },
  PATIENCE_MS * 2,
);

type Look = { viewport: { width: number; height: number }; colorScheme: "light" | "dark"; rules?: readonly string[] };

/**
 * Two looks at each page, one narrow and one wide, one light and one dark; which goes with which is another at every second page, since
 * the frame is the same on all. At the second look only what depends on it is asked again.
 */
function looksOf(at: number): Look[] {
  const [one, other] = at % 2 === 0 ? (["light", "dark"] as const) : (["dark", "light"] as const);
  const rules = ["color-contrast", "target-size", "scrollable-region-focusable", "landmark-unique", "region"];
  return [
    { viewport: NARROW, colorScheme: one },
    { viewport: WIDE, colorScheme: other, rules },
  ];
}
