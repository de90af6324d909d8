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
    return withTimeLimit(this.#begin(name, now, defer, work, limitMs), limitMs);
  }

  /** Begins the work of this name unless it runs. A request that does not wait for it leaves nothing behind with it. */
  begin(name: string, now: number, defer: Defer, work: () => Promise<T>, limitMs = this.#limitMs): void {
    void this.#begin(name, now, defer, work, limitMs);
  }

  /**
   * It goes on behind the response of the request that began it: others may wait for it, and what comes late must still
   * be heard.
   */
  #begin(name: string, now: number, defer: Defer, work: () => Promise<T>, limitMs: number): Promise<T> {
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
