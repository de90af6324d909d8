import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { openBuiltRelay } from "../e2e/relay.ts";
import { openBusyRelay } from "./busy-relay.ts";
import { findChromium, launch, openTab, PATIENCE_MS, signIn } from "./chromium.ts";
import { Hand } from "./hand.ts";

/** What people come with, from the first page that they see, in as many clicks and keys as it takes. */
const executable = findChromium();
const ZONE = "Europe/Budapest";

let browser: Browser;
let relay: Awaited<ReturnType<typeof openBusyRelay>>;

/** The first page, as somebody with that token sees it after signing in. */
async function begin(token: string): Promise<{ page: Page; hand: Hand }> {
  const page = await openTab(browser, { timezoneId: ZONE });
  await signIn(page, relay.url, token);
  await page.locator("h1.verdict").waitFor();
  return { page, hand: new Hand(page) };
}

async function ask<T extends z.ZodType>(path: string, shape: T): Promise<z.output<T>> {
  const response = await fetch(`${relay.url}/api/${path}`, {
    headers: { authorization: `Bearer ${relay.adminToken}` },
  });
  return shape.parse(await response.json());
}

const decisions = z.object({ items: z.array(z.object({ at: z.string(), mode: z.string().optional() })) });
const events = z.object({ items: z.array(z.object({ id: z.string(), subject: z.string(), receipt: z.string() })) });
const oneEvent = z.object({
  deliveries: z.array(z.object({ destination: z.string(), attempts: z.array(z.object({ n: z.number() })) })),
});

/** An event that a destination does not take, was tried there, and waits. */
async function findWaiting(query: string) {
  const { items } = await ask(`events?destination=crm&state=waiting&limit=100&${query}`, events);
  for (const item of items.toReversed()) {
    const { deliveries } = await ask(`events/${item.id}`, oneEvent);
    if (deliveries.some(({ destination, attempts }) => destination === "crm" && attempts.length > 0)) return item;
  }
  throw new Error(`nothing waits for crm: ${query}`);
}

const name = executable === undefined ? "the headline questions (SKIPPED: no browser)" : "the headline questions";

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

    test("is anything stuck? Nothing to press for the answer, one click for what to do about the worst", async () => {
      const { page, hand } = await begin(relay.tokens.operator);
      expect(await page.locator("h1.verdict").innerText()).toMatch(
        /^\d things need somebody; the worst: billing did not take \d deliver(?:y|ies), given up for good/,
      );
      const crm = page.locator(".needs > li", { hasText: "crm fails" });
      expect(await crm.innerText()).toMatch(/crm fails: \d+ failures in a row; \d+ deliver(?:y waits|ies wait)/);
      expect(await crm.getByRole("button", { name: "Try now: crm" }).isVisible()).toBe(true);
      expect(await crm.innerText()).toContain("npx hookswitch destinations test crm");
      const warehouse = page.locator(".needs > li", { hasText: "warehouse is paused" });
      expect(await warehouse.getByRole("button", { name: "Resume: warehouse" }).isVisible()).toBe(true);
      expect([hand.clicks, hand.keys]).toEqual([0, 0]);

      await hand.click(page.getByRole("link", { name: "Dead letters: billing" }));
      const cause = page.locator("main tbody tr", { hasText: "It answered 422." });
      expect(await cause.innerText()).toContain("mend there or here, then replay them");
      expect(await cause.getByRole("link", { name: /^Replay/ }).isVisible()).toBe(true);
      expect([hand.clicks, hand.keys]).toEqual([1, 0]);
      hand.tell("is anything stuck?");
    });

    test("why could nora not log in at 9:02? One click, her name and the time", async () => {
      const logins = await ask("logins?agent=nora&granted=false", decisions);
      const refused = logins.items.find(({ mode }) => mode === undefined)?.at ?? "";
      const clock = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "numeric", minute: "2-digit" });
      const about = clock.format(Date.parse(refused));

      const { page, hand } = await begin(relay.tokens.supervisor);
      await hand.click(page.getByRole("navigation").getByRole("link", { name: "Login desk" }));
      await page.locator("#agent:focus").waitFor();
      await hand.type("nora");
      await hand.press("Tab");
      await hand.type(about);
      await hand.press("Enter");
      const answer = page.locator("article.answer");
      await answer.waitFor();
      expect(await answer.locator("h2").first().innerText()).toMatch(/^nora was ▲ refused at \d\d:\d\d:\d\d$/);
      const project = answer.locator("section.project").first();
      expect(await project.locator("h3").innerText()).toContain("Project 11 ▲ refused keeps the agent out");
      expect(await project.locator("h3 + p").innerText()).toBe(
        "Denied by usernames.nora (on leave from project 11 until January).",
      );
      expect(await project.locator("tr.decides").innerText()).toMatch(/^usernames\.nora, rule 1/);
      expect(await answer.getByRole("button", { name: "Grant to nora" }).isVisible()).toBe(true);
      expect(hand.clicks).toBe(1);
      expect(hand.keys).toBe("nora".length + about.length + 2);
      hand.tell("why could nora not log in at 9:02?");
    });

    test("what happened to this webhook? An id from a receiver's log is pasted: three keys", async () => {
      const { id } = await findWaiting("type=agent.*");
      const { page, hand } = await begin(relay.tokens.operator);
      await hand.press("/");
      await hand.paste(id);
      await hand.press("Enter");
      await page.waitForURL(`${relay.url}/dashboard/events/${id}`);
      await expectAnswers(page);
      expect(await page.locator("main h1").innerText()).toContain("delivered to sink; waiting for crm");
      expect([hand.clicks, hand.keys]).toEqual([0, 3]);
      hand.tell("what happened to this webhook, by the receiver's id?");

      // What a receiver wrote may name a person: an operator says why, and is shown it.
      await hand.click(page.locator("#reveal").getByLabel("Why"));
      await hand.type("crm asks");
      await hand.press("Enter");
      await page.getByText("The database does not answer.").first().waitFor();
      expect([hand.clicks, hand.keys]).toEqual([1, 3 + "crm asks".length + 1]);
      hand.tell("and what did the receiver write?");
    });

    test("what happened to this webhook? The receipt of the vendor's log leads there as directly", async () => {
      const { id, receipt } = await findWaiting("type=agent.*");
      const { page, hand } = await begin(relay.tokens.operator);
      await hand.press("/");
      await hand.paste(receipt);
      await hand.press("Enter");
      await page.waitForURL(`${relay.url}/dashboard/events/${id}`);
      await expectAnswers(page);
      expect([hand.clicks, hand.keys]).toEqual([0, 3]);
      hand.tell("what happened to this webhook, by its receipt?");
    });

    test("what happened to this webhook? The vendor's id of a call leads to its events: one click more", async () => {
      const { subject } = await findWaiting("type=call.completed");
      const { page, hand } = await begin(relay.tokens.operator);
      await hand.press("/");
      await hand.paste(subject.replace("call/", ""));
      await hand.press("Enter");
      await hand.click(page.getByRole("link", { name: "call.completed" }));
      await expectAnswers(page);
      expect([hand.clicks, hand.keys]).toEqual([1, 3]);
      hand.tell("what happened to this webhook, by the id of its call?");
    });
  },
  PATIENCE_MS * 2,
);

const NEXT_TRY = /^Waits: (?:crm fails; it is probed|it is tried again) at \d\d:\d\d:\d\d\.$/;

/** Attempt by attempt with its answer, and when the next one is. */
async function expectAnswers(page: Page): Promise<void> {
  const crm = page.locator("section.delivery", { hasText: "crm" });
  await crm.waitFor();
  const attempt = crm.locator("tbody tr").first();
  expect(await attempt.innerText()).toMatch(/^1\s+\d\d:\d\d:\d\d\s+\d+ ms\s+▲ 500/);
  // While it is just being tried, there is no next time to tell.
  const waits = async () => {
    const text = await crm.locator("p").first().innerText();
    if (!NEXT_TRY.test(text)) await page.reload();
    return text;
  };
  await expect.poll(waits, { timeout: PATIENCE_MS }).toMatch(NEXT_TRY);
  const sink = page.locator("section.delivery", { hasText: "sink" });
  expect(await sink.locator("tbody tr").first().innerText()).toContain("● 204");
}
