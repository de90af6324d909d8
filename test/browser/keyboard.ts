import type { Page } from "playwright-core";
import { expect } from "vitest";

/** `j` and `k` lead from row to row, where rows lead anywhere. */
export async function expectRowsByKeys(page: Page): Promise<void> {
  const rows = page.locator("main tbody tr:visible").filter({ has: page.locator("a[href], summary") });
  const most = Math.min(2, await rows.count());
  for (const [key, at] of [
    ["j", 0],
    ["j", 1],
    ["k", 0],
  ] as const) {
    if (at >= most) continue;
    await page.keyboard.press(key);
    expect(await rows.nth(at).evaluate((row) => row.contains(document.activeElement))).toBe(true);
  }
}

/** What can be pressed or written in, shows, and is left out by Tab, or taken out of its turn. */
export function findUnreachable(): string[] {
  const all = document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary, [tabindex]");
  return [...all]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.id !== "main")
    .filter((element) => element.tabIndex !== 0 || element.closest("[inert]") !== null)
    .map((element) => element.outerHTML.slice(0, 120));
}
