import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { patternOf } from "./all-pages.ts";
import { findChromium, launch, openTab, PATIENCE_MS, signIn } from "./chromium.ts";
import { openHostileRelay } from "./hostile-relay.ts";
import { EVIL, EVIL_NAME, type Watch, watchPage } from "./payload.ts";

/** Whatever anybody writes stays text on every page that shows it. */
const executable = findChromium();

interface Tab {
  readonly page: Page;
  readonly watch: Watch;
}

/** One as it is, in which the policy tells what it stops, and one past the policy, in which a payload would run. */
interface Tabs {
  readonly plain: Tab;
  readonly open: Tab;
}

let browser: Browser;
let relay: Awaited<ReturnType<typeof openHostileRelay>>;
let admin: Tabs;

async function openTabs(token: string): Promise<Tabs> {
  const tab = async (bypassCSP: boolean) => {
    const page = await openTab(browser, { bypassCSP });
    const watch = await watchPage(page);
    await signIn(page, relay.url, token);
    return { page, watch };
  };
  return { plain: await tab(false), open: await tab(true) };
}

/** The first of what was found: one fault of the pages shows on many. */
const foundIn = ({ plain, open }: Tabs) => [...plain.watch.found, ...open.watch.found].slice(0, 20);

/** Of a kind of page that there are many of, so many are opened in both tabs, and so many more within another page. */
const MAX_OPENED = 2;
const MAX_LOOKED_INTO = 12;

/** Looks at all pages to which links lead. */
async function walk({ plain, open }: Tabs, from: readonly string[]): Promise<void> {
  const seen = new Set(from);
  const count = new Map<string, number>();
  const others: string[] = [];
  const todo = [...from];
  for (let path = todo.shift(); path !== undefined; path = todo.shift()) {
    for (const link of await show(path)) {
      const pattern = patternOf(link);
      if (pattern === undefined || seen.has(link)) continue;
      seen.add(link);
      const n = (count.get(pattern) ?? 0) + 1;
      count.set(pattern, n);
      if (n <= MAX_OPENED) todo.push(link);
      else if (n <= MAX_LOOKED_INTO) others.push(link);
    }
  }
  await open.watch.lookInto(others);
  async function show(path: string): Promise<string[]> {
    const links = [plain, open].map(async ({ page, watch }) => {
      await page.goto(`${relay.url}${path}`, { waitUntil: "domcontentloaded" });
      await watch.look();
      return page.evaluate(findLinks);
    });
    return (await Promise.all(links)).flat();
  }
}

function findLinks(): string[] {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("a[href^='/dashboard']")];
  return links.map(({ pathname, search }) => `${pathname}${search}`);
}

/** Sends each form of a page with the text in every field, and looks at what is answered. */
async function sendForms({ page, watch }: Tab, path: string): Promise<number> {
  const forms = page.locator('main form[method="post"]');
  await page.goto(`${relay.url}${path}`);
  const all = await forms.count();
  for (let at = 0; at < all; at += 1) {
    await page.goto(`${relay.url}${path}`);
    await Promise.all([
      page.waitForEvent("domcontentloaded"),
      forms.nth(at).evaluate((form: HTMLFormElement, text) => {
        const fields = form.querySelectorAll<HTMLInputElement>("textarea, input:not([type=hidden], [type=checkbox])");
        for (const field of fields) field.value = text;
        form.noValidate = true;
        form.requestSubmit();
      }, EVIL),
    ]);
    await watch.look();
  }
  return all;
}

const text = encodeURIComponent(EVIL);
const agent = encodeURIComponent(EVIL_NAME);

/** What an address itself can say. */
const addresses = [
  "/dashboard",
  `/dashboard?said=${text}&destination=${text}`,
  `/dashboard/events?q=${text}`,
  `/dashboard/events?source=${text}&type=${text}&state=${text}&destination=${text}&since=${text}&subject=${text}`,
  `/dashboard/events/${text}`,
  `/dashboard/calls/vcc-live-0/${text}`,
  `/dashboard/logins?agent=${agent}`,
  `/dashboard/logins?agent=${agent}&suppose=${text}&grant=${text}`,
  `/dashboard/logins?agent=${text}&at=${text}&source=${text}`,
  `/dashboard/refused?reason=${text}&source=${text}`,
  `/dashboard/refused/${text}`,
  `/dashboard/dead-letters?destination=${text}`,
  `/dashboard/replays/new?destination=${text}&subject=${text}`,
  `/dashboard/permissions/vcc-live-0?agent=${text}&project=${text}&at=${text}`,
  `/dashboard/destinations/${text}`,
  `/dashboard/sources/${text}`,
  `/dashboard/audit?who=${text}&what=${text}&since=${text}`,
  `/dashboard/${text}`,
];

/** Pages with forms into which people write. */
const written = [
  "/dashboard/refused/try",
  "/dashboard/configuration",
  "/dashboard/configuration/new-source",
  "/dashboard/configuration/new-destination",
  "/dashboard/permissions/vcc-live-0/text",
  "/dashboard/replays/new",
  "/dashboard/tokens",
  `/dashboard/logins?agent=${agent}`,
];

/** Kinds of pages that show the text, some of them without a link that leads there. */
const wanted = [
  "/dashboard/events",
  "/dashboard/events/:id",
  "/dashboard/calls/:source/:id",
  "/dashboard/logins",
  "/dashboard/refused",
  "/dashboard/refused/:request",
  "/dashboard/dead-letters",
  "/dashboard/replays",
  "/dashboard/replays/new",
  "/dashboard/replays/:id",
  "/dashboard/permissions/:source",
  "/dashboard/permissions/:source/text",
  "/dashboard/permissions/:source/unused",
  "/dashboard/permissions/:source/versions/:version",
  "/dashboard/destinations/:id",
  "/dashboard/configuration",
  "/dashboard/configuration/versions/:version",
  "/dashboard/audit",
];

const name = executable === undefined ? "text from outside (SKIPPED: no browser)" : "text from outside";

describe.skipIf(executable === undefined)(
  name,
  () => {
    beforeAll(async () => {
      [browser, relay] = await Promise.all([launch(executable ?? ""), openHostileRelay()]);
      admin = await openTabs(relay.adminToken);
    }, 180_000);
    afterAll(async () => {
      await browser?.close();
      await relay?.close();
    });

    test("is taken by every source", () => {
      // A login with no project that can be read is the one question that is refused.
      expect(relay.refused.filter((one) => !one.includes("invalid_question"))).toEqual([]);
    });

    test("is text on every page, for an admin, to whom nothing is hidden", async () => {
      await walk(admin, addresses);
      expect(foundIn(admin)).toEqual([]);
      const kinds = new Set([...admin.open.watch.showed].map(patternOf));
      expect([...wanted].filter((kind) => !kinds.has(kind))).toEqual([]);
      expect(admin.plain.watch.showed.size).toBeGreaterThan(wanted.length);
    });

    test("is text in every event of every vendor, which shows it", async () => {
      const events = relay.events.map((id) => `/dashboard/events/${id}`);
      await admin.open.watch.lookInto(events);
      expect(foundIn(admin)).toEqual([]);
      expect(events.filter((path) => !admin.open.watch.showed.has(path))).toEqual([]);
    });

    test("is text on the pages of a receiver", async () => {
      const receiver = await openTabs(relay.receiverToken);
      await walk(receiver, ["/dashboard/receiver"]);
      expect(foundIn(receiver)).toEqual([]);
      expect(receiver.open.watch.showed.size).toBeGreaterThan(MAX_OPENED);
    });

    test("is text where a form is answered that was sent with it", async () => {
      for (const path of written) expect(await sendForms(admin.open, path)).toBeGreaterThan(0);
      expect(foundIn(admin)).toEqual([]);
    });

    test("is text, too, in news that come by themselves", async () => {
      const { page, watch } = admin.plain;
      await page.goto(`${relay.url}/dashboard/events`);
      await relay.send("voiso-8", undefined, {
        event: "agent.status.update",
        data: { id: EVIL, name: EVIL, more: EVIL },
      });
      await page.locator("button.news").click();
      await page.locator("[data-rows] [data-row]").first().waitFor();
      await watch.look();
      expect(watch.found).toEqual([]);
    });
  },
  PATIENCE_MS * 4,
);
