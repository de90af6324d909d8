import { type Limited, withTimeLimit } from "./time-limit.ts";

interface Running<T> {
  readonly since: number;
  readonly done: Promise<T>;
}

type Defer = (work: Promise<unknown>) => void;

/** Work that is done once for all who need it at one moment. None waits for work that hangs. */
export class SharedWork<T> {
  readonly #running = new Map<string, Running<T>>();
  readonly #limitMs: number;

  /** @param limitMs how long anyone waits, and until the same work is begun anew */
  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /**
   * Joins the work of this name, or begins it, and waits for it.
   * @param limitMs where this one waits not as long as others
   */
  join(name: string, now: number, defer: Defer, work: () => Promise<T>, limitMs = this.#limitMs): Promise<Limited<T>> {
    return withTimeLimit(this.begin(name, now, defer, work, limitMs), limitMs);
  }

  /**
   * The work of this name, which is begun unless it runs. It goes on behind the response of the request that began it:
   * others may wait for it, and what comes late must still be heard. Who does not wait for it leaves it alone: another
   * request may settle it when theirs is over.
   */
  begin(name: string, now: number, defer: Defer, work: () => Promise<T>, limitMs = this.#limitMs): Promise<T> {
    const running = this.#running.get(name);
    if (running !== undefined && now - running.since < limitMs) return running.done;
    const done = work().finally(() => {
      if (this.#running.get(name)?.done === done) this.#running.delete(name);
    });
    this.#running.set(name, { since: now, done });
    defer(done.catch(() => undefined));
    return done;
  }

  /** Joins nobody to what is running now. */
  clear(): void {
    this.#running.clear();
  }
}
