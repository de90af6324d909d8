import { findChromium } from "./chromium.ts";

/** Says it loudly where there is no browser: what is skipped must not look as if it had passed. */
export default function announce(): void {
  if (findChromium() !== undefined) return;
  process.stderr.write(
    "\n!!! NO BROWSER: the tests in test/browser are SKIPPED. apt-get install chromium-headless-shell, or CHROMIUM=<path> names one.\n\n",
  );
}
