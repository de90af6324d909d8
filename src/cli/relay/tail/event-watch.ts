import * as z from "zod";
import { readAnswer } from "../answer.ts";
import type { RelayClient } from "../client.ts";
import { type ListedEvent, listedEvent } from "../event-line.ts";
import { type Query, toParameters } from "../pages.ts";

/** An event may come into the log this much later than one that was accepted after it; milliseconds. */
const LATE_MS = 60_000;
const MAX_EVENTS = 200;
/** Pages of one look. */
const MAX_PAGES = 20;
/** Events that are remembered, and of those that have gone out of sight while they wait, looked after at once. */
const MAX_REMEMBERED = 5000;
const MAX_LOOKED_AFTER = 10;

const listing = z.object({ items: z.array(listedEvent), next: z.string().nullable() });

/** Something that a look found: a new event, one whose deliveries stand otherwise, or one that was repeated. */
export interface EventNews {
  readonly what: "new" | "changed" | "repeated";
  readonly event: ListedEvent;
}

/** Looks for events at a relay. Each look tells what no look before told, the oldest first. */
export class EventWatch {
  readonly #relay: RelayClient;
  readonly #watched: Query;
  /** By receipt, as they were told; the order is that of being told. */
  readonly #told = new Map<string, ListedEvent>();
  /** What was accepted before this receipt was there before the first look. */
  #floor = "";

  /** Whether anything of what was found is hidden. */
  isMasked = false;

  constructor(relay: RelayClient, watched: Query) {
    this.#relay = relay;
    this.#watched = watched;
  }

  /** Those that are there already, the newest `wanted` of them. */
  async first(wanted: number): Promise<readonly ListedEvent[]> {
    const found: ListedEvent[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const page = await this.#list({ ...this.#watched, cursor });
      found.push(...page.items);
      cursor = page.next ?? undefined;
      if (cursor === undefined || found.length >= wanted) break;
    }
    this.#floor = cursor ?? "";
    for (const event of found.toReversed()) this.#remember(event);
    return found.slice(0, wanted).toReversed();
  }

  /** What came, or became of what came, since the look before. */
  async next(): Promise<readonly EventNews[]> {
    const { since: _, ...watched } = this.#watched;
    const seen: ListedEvent[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const page = await this.#list({ ...watched, cursor });
      seen.push(...page.items.filter(({ receipt }) => receipt >= this.#floor));
      if (page.next === null || this.#hasSeenAll(page.items)) break;
      cursor = page.next;
    }
    const inSight = new Set(seen.map(({ receipt }) => receipt));
    seen.push(...(await this.#lookAfter(inSight)));
    return seen.toReversed().flatMap((event) => this.#compare(event));
  }

  /** Whether a page goes back behind what may still come late. */
  #hasSeenAll(items: readonly ListedEvent[]): boolean {
    const oldest = items.at(-1);
    if (oldest === undefined) return false;
    const newest = Math.max(...[...this.#told.values()].map(({ receivedTime }) => Date.parse(receivedTime)));
    return Date.parse(oldest.receivedTime) < newest - LATE_MS || oldest.receipt < this.#floor;
  }

  /** Events that waited when they were told, and are on no page any more: a few of them, in turns. */
  async #lookAfter(inSight: ReadonlySet<string>): Promise<ListedEvent[]> {
    const waiting = [...this.#told.values()].filter(
      ({ receipt, states }) => states.waiting > 0 && !inSight.has(receipt),
    );
    const found: ListedEvent[] = [];
    for (const { receipt } of waiting.slice(0, MAX_LOOKED_AFTER)) {
      const { items } = await this.#list({ q: receipt });
      const before = this.#told.get(receipt);
      const [event = before] = items;
      if (event === undefined || before === undefined) continue;
      found.push(event);
      // The next look begins with another one.
      this.#told.delete(receipt);
      this.#told.set(receipt, before);
    }
    return found;
  }

  #compare(event: ListedEvent): EventNews[] {
    const before = this.#told.get(event.receipt);
    this.#remember(event);
    if (before === undefined) return [{ what: "new", event }];
    const changed: EventNews[] = standingOf(before) === standingOf(event) ? [] : [{ what: "changed", event }];
    return event.repeated > before.repeated ? [{ what: "repeated", event }, ...changed] : changed;
  }

  #remember(event: ListedEvent): void {
    this.#told.set(event.receipt, event);
    for (const receipt of this.#told.keys()) {
      if (this.#told.size <= MAX_REMEMBERED) return;
      this.#told.delete(receipt);
    }
  }

  async #list(query: Query): Promise<z.infer<typeof listing>> {
    const parameters = toParameters({ ...query, limit: String(MAX_EVENTS) });
    const answer = await this.#relay.call("GET", `events?${parameters}`);
    this.isMasked ||= answer.isMasked;
    return readAnswer(listing, answer);
  }
}

function standingOf({ states, undelivered }: ListedEvent): string {
  return JSON.stringify([states, undelivered]);
}
