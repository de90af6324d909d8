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
const WINDOW = { width: 1180, height: 940 };
/** The picture is smaller than what it shows. */
const SCALE = 0.8;
const MAX_BYTES = 60_000;
const QUALITY = 60;

/** A picture: its name, where it is made, and the link that leads on from there to what it shows. */
const pictures: readonly (readonly [name: string, path: string, link?: string])[] = [
  ["now", "/dashboard"],
  ["logins", "/dashboard/logins?agent=nora"],
  ["events", "/dashboard/events"],
  ["event", "/dashboard/events?type=call.completed", 'main tbody a[href^="/dashboard/events/evt_"]'],
  ["refused", "/dashboard/refused"],
  ["dead-letters", "/dashboard/dead-letters"],
  ["destination", "/dashboard/destinations/crm"],
  ["map", "/dashboard/permissions/vcc"],
  ["ledger", "/dashboard/ledger"],
];
const IN_THE_DARK = ["now"];

const executable = findChromium();
if (executable === undefined) throw new Error("there is no Chromium; CHROMIUM=<path> names one");
const silent = { onArrival: () => undefined, onLog: () => undefined };
const [browser, relay] = await Promise.all([
  launch(executable),
  openBusyRelay((settings) => openLocalRelay(settings, silent)),
]);
mkdirSync(FOLDER, { recursive: true });
for (const colorScheme of ["light", "dark"] as const) {
  const page = await openTab(browser, { viewport: WINDOW, colorScheme });
  await signIn(page, relay.url, relay.adminToken);
  for (const picture of pictures) {
    const [name] = picture;
    if (colorScheme === "light") await take(page, picture, `${name}.webp`);
    else if (IN_THE_DARK.includes(name)) await take(page, picture, `${name}-dark.webp`);
  }
}
await browser.close();
await relay.close();

async function take(page: Page, [, path, link]: (typeof pictures)[number], file: string): Promise<void> {
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
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", {
    format: "webp",
    quality: QUALITY,
    clip: { x: 0, y: 0, ...WINDOW, scale: SCALE },
  });
  const bytes = Buffer.from(data, "base64");
  if (bytes.byteLength > MAX_BYTES) throw new Error(`${file} has ${bytes.byteLength} bytes; at most ${MAX_BYTES}`);
  writeFileSync(join(FOLDER, file), bytes);
  console.log(`${file}: ${bytes.byteLength} bytes`);
}
