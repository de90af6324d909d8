import { performance } from "node:perf_hooks";
import type { Locator, Page } from "playwright-core";

/** Somebody at a page: counts what they press, and how long it takes. */
export class Hand {
  /** Clicks so far. */
  clicks = 0;
  /** Keys pressed so far; what is pasted is one. */
  keys = 0;
  readonly #page: Page;
  readonly #from = performance.now();

  constructor(page: Page) {
    this.#page = page;
  }

  /** Seconds since it began. */
  get seconds(): number {
    return (performance.now() - this.#from) / 1000;
  }

  async click(what: Locator): Promise<void> {
    this.clicks += 1;
    await what.click();
  }

  async press(key: string): Promise<void> {
    this.keys += 1;
    await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    this.keys += text.length;
    await this.#page.keyboard.type(text);
  }

  async paste(text: string): Promise<void> {
    this.keys += 1;
    await this.#page.keyboard.insertText(text);
  }

  /** Writes into the run's output what it took. */
  tell(question: string): void {
    const took = `${this.clicks} clicks, ${this.keys} keys, ${this.seconds.toFixed(2)} s`;
    process.stderr.write(`  headline: ${question} ${took}\n`);
  }
}
