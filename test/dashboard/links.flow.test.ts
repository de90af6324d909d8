import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { configureVcc } from "../api/call.ts";
import { keepEvents } from "../api/keep-events.ts";
import type { Browser } from "./browse.ts";
import { linksOf } from "./page-text.ts";
import { signedInAs } from "./somebody.ts";

/** The map of the source cannot be read: what needs somebody, on the first page, is the map. */
beforeEach(async () => {
  await configureVcc();
  await env.PERMISSIONS.put("vcc", "{");
  await keepEvents(
    { at: Date.now() - 60_000, source: "vcc", type: "vendor.unknown", subject: "agent/nora" },
    { at: Date.now() - 50_000, source: "vcc", type: "vendor.unknown", subject: "agent/7" },
    { at: Date.now() - 40_000, source: "vcc", type: "call.completed", subject: "call/7" },
  );
});

/** Where the pages lead that somebody is led to from the first one. */
async function refusedFrom(browser: Browser): Promise<string[]> {
  const [todo, seen, refused] = [["/dashboard"], new Set<string>(), [] as string[]];
  for (let path = todo.shift(); path !== undefined; path = todo.shift()) {
    const shown = await browser.open(path);
    if (shown.status === 403 || shown.status === 404) refused.push(`${shown.status} ${path}`);
    for (const link of linksOf(shown)) {
      const [to = ""] = link.split("#");
      // The rest of a list, and the same list narrowed, lead where the list does.
      const isOther = to.startsWith("/dashboard") && !/[?&](?:cursor|zone|since|days|before)=/.test(to);
      if (isOther && !seen.has(to)) todo.push(to);
      seen.add(to);
    }
  }
  expect(seen.size).toBeGreaterThan(10);
  return refused;
}

describe("a link", () => {
  it.each(["viewer", "supervisor", "operator"])(
    "that a %s is shown leads where they may go",
    async (role) => expect(await refusedFrom(await signedInAs(role))).toEqual([]),
    120_000,
  );

  it("leads from what needs somebody to the requests for sources that there are not", async () => {
    await exports.default.fetch(new Request("https://relay.example.com/in/nobody", { method: "POST", body: "{}" }));
    const browser = await signedInAs("viewer");
    const to = await vi.waitUntil(async () => linksOf(await browser.open("/dashboard"), "Refused requests")[0], {
      timeout: 30_000,
      interval: 200,
    });
    expect(linksOf(await browser.open(to)).some((link) => link.startsWith("/dashboard/refused/req_"))).toBe(true);
  });
});
