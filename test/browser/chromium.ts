import { accessSync, constants, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** The one without windows comes first: it does the same for half of the work. */
const NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Whatever a page has to do; a busy machine takes its time. Milliseconds. */
export const PATIENCE_MS = 60_000;

/** The browser of this machine: what CHROMIUM names, else what is found in PATH; undefined where there is none. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CHROMIUM, PATH = "" } = environment;
  if (CHROMIUM !== undefined && CHROMIUM !== "") return CHROMIUM;
  const folders = PATH.split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun);
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts it. In a container one is often root, and then the browser has no sandbox to offer. */
export function launch(executablePath: string): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: [...(isRoot ? ["--no-sandbox"] : []), "--disable-dev-shm-usage"] });
}

/** A page of a browser in which nobody has signed in yet. */
export async function openTab(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    timezoneId: "Europe/Budapest",
    // A colour that is on its way to another one is none that anybody reads.
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context.newPage();
}

/** Signs in by the form, as people do. */
export async function signIn(page: Page, base: string, token: string): Promise<void> {
  await page.goto(`${base}/dashboard/sign-in`);
  await page.fill("#token", token);
  await Promise.all([page.waitForURL(/\/dashboard(?:\/receiver)?$/), page.press("#token", "Enter")]);
}

/** The session of a page, as a header. */
export async function cookieOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe finds wrong with a page as it stands: rule, and where. The page must have been opened with `bypassCSP`.
 * @param rules those that are asked for, all unless given
 */
export async function findViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  return page.evaluate(async (only) => {
    const axe = Reflect.get(window, "axe");
    const options = { resultTypes: ["violations"], ...(only === undefined ? {} : { runOnly: only }) };
    const { violations } = await axe.run(document, options);
    return violations.flatMap(({ id, nodes }: { id: string; nodes: { target: string[]; failureSummary: string }[] }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary.split("\n")[1]?.trim()}`),
    );
  }, rules);
}
