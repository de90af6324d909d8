import * as z from "zod";
import { readAnswer } from "./answer.ts";
import type { RelayClient } from "./client.ts";
import { type ListedEvent, listedEvent } from "./event-line.ts";

/** An event may come into the log this much later than one that was accepted after it; milliseconds. */
const LATE_MS = 60_000;
const MOST = "200";

const listing = z.object({ items: z.array(listedEvent), next: z.string().nullable() });

/** Which events; as the API takes them. */
export type Watched = Readonly<Record<string, string>>;

/** Looks for events at a relay. Each look tells those that no look before told, the oldest first. */
export class EventWatch {
  readonly #relay: RelayClient;
  readonly #watched: Watched;
  readonly #told = new Map<string, number>();
  #newest: number;
  /** What was accepted before this receipt was there before the first look. */
  #floor = "";

  /** @param now milliseconds since the epoch */
  constructor(relay: RelayClient, watched: Watched, now: number) {
    this.#relay = relay;
    this.#watched = watched;
    this.#newest = now;
  }

  /** The newest ones that are there already, as many as wanted. */
  async first(wanted: number): Promise<readonly ListedEvent[]> {
    const { items, next } = await this.#list({});
    this.#floor = next ?? "";
    // The relay's clock counts from here on, not this machine's.
    if (items.length > 0) this.#newest = 0;
    return this.#tell(items).slice(Math.max(0, items.length - wanted));
  }

  /** Those that came since the look before. */
  async next(): Promise<readonly ListedEvent[]> {
    const since = new Date(this.#newest - LATE_MS).toISOString();
    const found: ListedEvent[] = [];
    for (let cursor: string | undefined | null; cursor !== null; ) {
      const page = await this.#list({ since, ...(cursor === undefined ? {} : { cursor }) });
      found.push(...page.items.filter(({ receipt }) => receipt >= this.#floor && !this.#told.has(receipt)));
      cursor = page.next;
    }
    return this.#tell(found);
  }

  /** Remembers what is told for as long as a look may find it again. */
  #tell(found: readonly ListedEvent[]): ListedEvent[] {
    for (const { receipt, receivedTime } of found) this.#told.set(receipt, Date.parse(receivedTime));
    this.#newest = Math.max(this.#newest, ...this.#told.values());
    for (const [receipt, at] of this.#told) if (at < this.#newest - 2 * LATE_MS) this.#told.delete(receipt);
    return found.toReversed();
  }

  async #list(page: Watched): Promise<z.infer<typeof listing>> {
    const query = new URLSearchParams({ ...this.#watched, ...page, limit: MOST });
    return readAnswer(listing, await this.#relay.call("GET", `events?${query}`));
  }
}
