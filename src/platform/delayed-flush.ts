const EVERY_MS = 1000;
/** A flush that did not come by then has died with its request. */
const LOST_MS = 10_000;

/** When what one isolate collects is written: once a second at most, together, behind a response. */
export class DelayedFlush {
  #due = 0;
  #waits = false;

  /** Sees to it that `flush` runs within a second, unless it is about to already; `now`: milliseconds since the epoch. */
  schedule(flush: (now: number) => Promise<void>, defer: (work: Promise<unknown>) => void, now: number): void {
    if (this.#waits && now < this.#due + LOST_MS) return;
    const due = Math.min(Math.max(now, this.#due + EVERY_MS), now + EVERY_MS);
    this.#due = due;
    this.#waits = true;
    const run = () => {
      this.#waits = false;
      return flush(due);
    };
    defer(scheduler.wait(due - now).then(run));
  }

  /** Forgets the last one, as a new isolate would. */
  forget(): void {
    this.#due = 0;
    this.#waits = false;
  }
}
