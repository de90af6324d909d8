import { type Limited, withTimeLimit } from "./time-limit.ts";

interface Running<T> {
  readonly since: number;
  readonly done: Promise<T>;
}

/** Work that is done once for all who need it at one moment. None waits for work that hangs. */
export class SharedWork<T> {
  readonly #running = new Map<string, Running<T>>();
  readonly #limitMs: number;

  /** @param limitMs how long anyone waits, and until the same work is begun anew */
  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /**
   * Joins the work of this name, or begins it. It goes on behind the response of the request that began it: others may
   * wait for it, and what comes late must still be heard.
   * @param limitMs where this one waits not as long as others
   */
  join(
    name: string,
    now: number,
    defer: (work: Promise<unknown>) => void,
    begin: () => Promise<T>,
    limitMs: number = this.#limitMs,
  ): Promise<Limited<T>> {
    const running = this.#running.get(name);
    if (running !== undefined && now - running.since < limitMs) return withTimeLimit(running.done, limitMs);
    const done = begin().finally(() => {
      if (this.#running.get(name)?.done === done) this.#running.delete(name);
    });
    this.#running.set(name, { since: now, done });
    defer(done.catch(() => undefined));
    return withTimeLimit(done, limitMs);
  }

  /** Joins nobody to what is running now. */
  clear(): void {
    this.#running.clear();
  }
}
