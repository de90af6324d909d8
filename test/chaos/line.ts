import { refuseMessages } from "./limits.ts";

/** A message on its way. `visibleAt`: milliseconds since the epoch. */
export interface Waiting {
  readonly id: string;
  readonly body: unknown;
  readonly sentAt: number;
  readonly visibleAt: number;
  /** How often it was handed out. */
  readonly tries: number;
}

/**
 * A queue in the test's own time, which keeps what Queues promises and no more: a message is handed out at least once,
 * not before its delay is over, and after so many retries it goes to the dead letter queue, or is deleted.
 */
export class Line {
  readonly name: string;
  readonly #mostRetries: number;
  readonly #dead: Line | undefined;
  #messages: Waiting[] = [];
  /** Messages that were deleted after their last retry. */
  deleted = 0;
  /** What was sent, and when. */
  readonly sent: { readonly at: number; readonly body: unknown }[] = [];

  readonly #now: () => number;

  /** @param now the queue's own clock */
  constructor(name: string, now: () => number, mostRetries: number, dead?: Line) {
    this.name = name;
    this.#now = now;
    this.#mostRetries = mostRetries;
    this.#dead = dead;
  }

  /** Takes messages as they would arrive: JSON, within the limits. Throws when one is refused. */
  send(messages: readonly { readonly body: unknown; readonly delaySeconds?: number | undefined }[]): void {
    refuseMessages(messages.map(({ body }) => body));
    const sentAt = this.#now();
    for (const { body, delaySeconds = 0 } of messages) {
      const visibleAt = sentAt + delaySeconds * 1000;
      this.sent.push({ at: sentAt, body });
      const id = crypto.randomUUID();
      this.#messages.push({ id, body: JSON.parse(JSON.stringify(body)), sentAt, visibleAt, tries: 0 });
    }
  }

  /** Hands out what is visible, as one batch. */
  take(most: number): Waiting[] {
    const now = this.#now();
    const batch = this.#messages.filter(({ visibleAt }) => visibleAt <= now).slice(0, most);
    this.#messages = this.#messages.filter((message) => !batch.includes(message));
    return batch.map((message) => ({ ...message, tries: message.tries + 1 }));
  }

  /** A message that was not acknowledged comes again. */
  putBack(message: Waiting, delaySeconds = 0): void {
    if (message.tries <= this.#mostRetries) {
      this.#messages.push({ ...message, visibleAt: this.#now() + delaySeconds * 1000 });
    } else if (this.#dead === undefined) {
      this.deleted += 1;
    } else {
      this.#dead.#messages.push({ ...message, visibleAt: this.#now(), tries: 0 });
    }
  }

  /** What waits, as another version of the Worker would have written it. */
  rewrite(change: (body: unknown) => unknown): void {
    this.#messages = this.#messages.map((message) => ({ ...message, body: change(meant(message.body)) }));
  }

  /** What waits. */
  get bodies(): unknown[] {
    return this.#messages.map(({ body }) => meant(body));
  }

  get length(): number {
    return this.#messages.length;
  }

  /** When the next message is visible. */
  get next(): number | undefined {
    return this.#messages.length === 0 ? undefined : Math.min(...this.#messages.map(({ visibleAt }) => visibleAt));
  }
}

/** What a message says, also one that travels as text. */
function meant(body: unknown): unknown {
  return typeof body === "string" && body.startsWith("{") ? JSON.parse(body) : body;
}
