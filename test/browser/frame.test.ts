import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRelay } from "../e2e/relay.ts";
import { findChromium, launch, openTab, PATIENCE_MS, signIn } from "./chromium.ts";

const executable = findChromium();
const KEY = "frame-key";
const config = {
  sources: { voiso: { vendor: "voiso", keys: [KEY] }, vcc: { vendor: "vcc-live", keys: [KEY] } },
  destinations: { crm: { url: "http://127.0.0.1:9/", secrets: [] } },
};

let browser: Browser;
let relay: Awaited<ReturnType<typeof openRelay>>;

const name = executable === undefined ? "the frame (SKIPPED: no browser)" : "the frame";

describe.skipIf(executable === undefined)(
  name,
  () => {
    beforeAll(async () => {
      [browser, relay] = await Promise.all([launch(executable ?? ""), openRelay(config)]);
    }, 180_000);
    afterAll(async () => {
      await browser?.close();
      await relay?.close();
    });

    async function signedIn(): Promise<Page> {
      const page = await openTab(browser);
      await signIn(page, relay.url, relay.adminToken);
      return page;
    }
    const isHere = (page: Page, selector: string) =>
      page.locator(selector).evaluate((element) => element === document.activeElement);

    test("the link that npm start prints signs in by itself, and leaves no code in the address", async () => {
      const link = await relay.signInLink();
      const page = await openTab(browser);
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(link);
      await page.waitForURL(`${relay.url}/dashboard`);
      await page.locator("h1.verdict").waitFor();
      const code = link.split("link=")[1] ?? "";
      expect(asked.filter((url) => url.includes(code))).toEqual([]);
      await page.goBack();
      expect(page.url()).not.toContain(code);
      expect(relay.logged.filter((line) => line.includes(code))).toEqual([]);

      const late = await openTab(browser);
      await late.goto(link);
      await late.locator("[role=alert]").waitFor();
      expect(await late.locator("[role=alert]").innerText()).toContain("has been used");
    });

    test("a link to a page asks to sign in, and then one is there; back leads back", async () => {
      const page = await openTab(browser);
      await page.goto(`${relay.url}/dashboard?said=nothing`);
      expect(page.url()).toContain("/dashboard/sign-in?to=");
      await page.fill("#token", relay.adminToken);
      await page.click("button[type=submit]");
      await page.waitForURL(`${relay.url}/dashboard?said=nothing`);
      await page.locator(".top .brand").click();
      await page.waitForURL(`${relay.url}/dashboard`);
      await page.goBack();
      await page.waitForURL(`${relay.url}/dashboard?said=nothing`);
      await page.locator("h1.verdict").waitFor();
    });

    test("Tab leads from the first link through the whole page, and the focus shows", async () => {
      const page = await signedIn();
      await page.locator("h1.verdict").waitFor();
      const wanted = await page
        .locator("a[href]:visible, button:visible, input:visible, summary:visible, [tabindex='0']:visible")
        .count();
      const seen = new Set<string>();
      for (let n = 0; n < wanted; n += 1) {
        await page.keyboard.press("Tab");
        const [place, outline] = await page.evaluate(() => {
          const element = document.activeElement ?? document.body;
          const all = [...document.querySelectorAll("*")];
          return [String(all.indexOf(element)), getComputedStyle(element).outlineStyle];
        });
        expect(outline).not.toBe("none");
        seen.add(place);
      }
      // The link that skips the frame shows only while it has the focus.
      expect(seen.size).toBe(wanted);
      await page.keyboard.press("/");
      expect(await isHere(page, '[data-key="/"]')).toBe(true);
      await page.keyboard.type("?j");
      expect(await page.locator('[data-key="/"]').inputValue()).toBe("?j");
    });

    test("? shows the keys, and Escape puts them away", async () => {
      const page = await signedIn();
      await page.keyboard.press("?");
      await page.locator("dialog[open]").waitFor();
      expect(await page.locator("dialog[open] kbd").allInnerTexts()).toEqual(["/", "j", "k", "Enter", "r", "?"]);
      await page.keyboard.press("Escape");
      await page.locator("dialog[open]").waitFor({ state: "detached" });
    });

    test("one press pauses nothing that cannot be taken back: resume, and the line that undoes it", async () => {
      const headers = { authorization: `Bearer ${relay.adminToken}` };
      await fetch(`${relay.url}/api/destinations/crm/pause`, { method: "POST", headers });
      const page = await signedIn();
      await page.getByRole("button", { name: "Resume: crm" }).click();
      await page.getByText("crm is resumed").waitFor();
      await page.getByRole("button", { name: "Pause it again" }).click();
      await page.getByText("crm is paused: what comes for it waits").waitFor();
      await page.getByRole("button", { name: "Resume it" }).click();
      await page.getByText("crm is resumed").waitFor();
    });

    test("news come by themselves, and leave the focus and what is open alone", async () => {
      const page = await signedIn();
      await page.locator("main summary").first().click();
      await page.locator("main summary").first().focus();
      const send = await fetch(`${relay.url}/in/voiso`, {
        method: "POST",
        body: JSON.stringify({ event: "agent.status.update", secret: KEY, data: { id: 1 } }),
      });
      expect(send.status).toBe(200);
      await page.locator(".lane.from strong", { hasText: "1" }).waitFor({ timeout: PATIENCE_MS });
      expect(await page.locator("main details[open]").count()).toBe(1);
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SUMMARY");
    });

    test("a page that is not renewed any more says so, since when and why, until it is again", async () => {
      const page = await signedIn();
      const line = page.locator("main [data-stale]");
      await page.route(`${relay.url}/dashboard`, (route) => route.abort());
      await line.waitFor({ timeout: PATIENCE_MS });
      expect(await line.innerText()).toMatch(/^This page is as it was at \d\d:\d\d:\d\d: the relay cannot be asked/);
      expect(await page.title()).toMatch(/^Stands still · /);
      await page.unroute(`${relay.url}/dashboard`);
      await line.waitFor({ state: "detached", timeout: PATIENCE_MS });
      expect(await page.title()).not.toContain("Stands still");
      await page.context().clearCookies({ name: `hookswitch-${new URL(page.url()).port}` });
      await line.getByRole("link", { name: "Sign in again" }).click({ timeout: PATIENCE_MS });
      await page.waitForURL(/sign-in/);
    });

    test("the agents to choose from are sent once, and stay when the page is renewed", async () => {
      const ask = { method: "POST", body: JSON.stringify({ projectId: 7, userId: 41, username: "nora_k" }) };
      expect((await fetch(`${relay.url}/in/vcc/project-login?secret-key=${KEY}`, ask)).status).toBe(200);
      const page = await signedIn();
      await page.goto(`${relay.url}/dashboard/logins`);
      const row = page.locator("[data-row]");
      // The decision comes by the queue; by a bar where the page is there before it.
      await row.or(page.locator("button.news")).waitFor({ timeout: PATIENCE_MS });
      await page.reload();
      const names = page.locator("datalist#agents option");
      expect(await names.count()).toBe(1);
      const renewed = await page.waitForResponse((response) => "x-renewal" in response.request().headers());
      expect(await renewed.text()).not.toContain("<datalist");
      await page.waitForResponse((response) => "x-renewal" in response.request().headers());
      expect(await names.count()).toBe(1);
    });

    test("nobody who is signed out comes back by the back button", async () => {
      const page = await signedIn();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.waitForURL(/sign-in/);
      await page.goto(`${relay.url}/dashboard`);
      expect(page.url()).toContain("/dashboard/sign-in");
      await page.goBack();
      expect(await page.locator("h1.verdict").count()).toBe(0);
    });
  },
  PATIENCE_MS * 2,
);
