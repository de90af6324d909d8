import { paint } from "../terminal.ts";

/** Where a line cannot be rewritten, there is one so often at most. */
const PLAIN_MS = 10_000;
const CLEAR_LINE = "\r\u001B[2K";

/** How long work goes: one line that is rewritten on a terminal, a new line now and then elsewhere. */
export class ProgressLine {
  readonly #isTerminal = process.stderr.isTTY === true;
  #said = "";
  #at = Number.NEGATIVE_INFINITY;

  /** Says how it goes. What was said already is not said again. */
  show(text: string): void {
    if (text === this.#said) return;
    if (this.#isTerminal) process.stderr.write(`${CLEAR_LINE}${paint("dim", text)}`);
    else if (performance.now() - this.#at < PLAIN_MS) return;
    else console.error(text);
    this.#said = text;
    this.#at = performance.now();
  }

  /** Leaves the place to what came of it. */
  end(): void {
    if (this.#isTerminal) process.stderr.write(CLEAR_LINE);
  }
}
