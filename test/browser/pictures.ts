import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openLocalRelay } from "../../src/cli/local/open.ts";
import { openBusyRelay } from "./busy-relay.ts";
import { findChromium, launch, openTab, signIn } from "./chromium.ts";

/**
 * `npm run pictures`: makes the pictures of docs/dashboard.md, from a relay on which a lot has happened. What is not there is said,
 * and left out.
 */
const FOLDER = join(import.meta.dirname, "../../docs/pictures");
const MAX_BYTES = 60_000;
const QUALITY = 60;
/** Below what a page has to show; pixels. */
const MARGIN = 28;

/** A picture: its name, where it is made, and the link that leads on from there to what it shows. */
const pictures: readonly (readonly [name: string, path: string, link?: string])[] = [
  ["now", "/dashboard"],
  ["login-desk", "/dashboard/logins?agent=nora&source=vcc"],
  ["event", "/dashboard/events?state=dead", 'main tbody a[href^="/dashboard/events/evt_"]'],
  ["call", "/dashboard/events?type=call.completed&source=hcc", 'main tbody a[href^="/dashboard/calls/"]'],
  ["destinations", "/dashboard/destinations"],
  ["permission-map", "/dashboard/permissions/vcc"],
];
/** How each is looked at; on a phone the first alone. */
const looks = [
  { suffix: "", colorScheme: "light", viewport: { width: 1180, height: 940 }, scale: 0.8, of: pictures },
  { suffix: "-dark", colorScheme: "dark", viewport: { width: 1180, height: 940 }, scale: 0.8, of: pictures },
  { suffix: "-phone", colorScheme: "light", viewport: { width: 360, height: 760 }, scale: 1, of: pictures.slice(0, 1) },
] as const;

const executable = findChromium();
if (executable === undefined) throw new Error("there is no Chromium; CHROMIUM=<path> names one");
const silent = { onArrival: () => undefined, onLog: () => undefined };
const [browser, relay] = await Promise.all([
  launch(executable),
  openBusyRelay((settings) => openLocalRelay(settings, silent)),
]);
mkdirSync(FOLDER, { recursive: true });
for (const { suffix, colorScheme, viewport, scale, of } of looks) {
  const page = await openTab(browser, { viewport, colorScheme });
  await signIn(page, relay.url, relay.adminToken);
  for (const picture of of) await take(page, picture, `${picture[0]}${suffix}.webp`, { ...viewport, scale });
}
await browser.close();
await relay.close();

/** @param seen the window, and how much smaller the picture is than what it shows */
async function take(
  page: Page,
  [, path, link]: (typeof pictures)[number],
  file: string,
  seen: { readonly width: number; readonly height: number; readonly scale: number },
): Promise<void> {
  const response = await page.goto(`${relay.url}${path}`);
  const target = link === undefined ? undefined : page.locator(link).first();
  if (response?.status() !== 200 || (target !== undefined && (await target.count()) === 0)) {
    console.log(`${file}: ${path} is not there (${response?.status()})`);
    return;
  }
  if (target !== undefined) {
    await target.click();
    await page.waitForLoadState();
  }
  const height = Math.min(seen.height, Math.ceil((await page.evaluate(endOfPage)) + MARGIN));
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", {
    format: "webp",
    quality: QUALITY,
    clip: { x: 0, y: 0, ...seen, height },
  });
  const bytes = Buffer.from(data, "base64");
  if (bytes.byteLength > MAX_BYTES) throw new Error(`${file} has ${bytes.byteLength} bytes; at most ${MAX_BYTES}`);
  writeFileSync(join(FOLDER, file), bytes);
  console.log(`${file}: ${bytes.byteLength} bytes`);
}

/** Where what a page shows ends, with the list of pages beside it; in the browser. */
function endOfPage(): number {
  const ends = [...document.querySelectorAll("main > *, .side nav")].map((one) => one.getBoundingClientRect().bottom);
  return Math.max(...ends);
}
