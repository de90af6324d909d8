import { DurableObject } from "cloudflare:workers";
import { ulid } from "ulid";
import * as z from "zod";
import { type WholeMessage, webhookMessage } from "../intake/message.ts";
import { describeError } from "../platform/describe-error.ts";
import { logLine } from "../platform/log-line.ts";
import { sendInTime } from "../platform/send-in-time.ts";
import { type Incident, incident } from "./incident.ts";
import { sample } from "./sample.ts";
import type { Samples } from "./samples.ts";
import { isOpen, type Step, step } from "./step.ts";
import { watch } from "./watch.ts";
import { writeNotice } from "./write-notice.ts";

const WATCHED = "watched";
const SAMPLES = "samples";
const CLOSED = "closed/";
const OUTBOX = "outbox/";
/** Closed incidents that are kept, the newest. */
const MAX_CLOSED = 1000;

const watchedIncidents = z.array(incident);
const keptSamples = z.array(sample).catch([]);

/** A page of incidents: first those that are open, then those that are closed, each the newest first. */
export interface IncidentPage {
  readonly items: readonly Incident[];
  readonly more: boolean;
}

/** How many incidents are open, and how many of them nobody has seen to. */
export interface OpenIncidents {
  readonly open: number;
  readonly unseen: number;
}

/**
 * The one place where incidents are known, and their clock. Cron calls it each minute; it looks at the relay itself, in
 * an invocation of its own, so that what it asks is not taken from the other duties of cron.
 */
export class Incidents extends DurableObject<Env> {
  #samples: Samples = [];

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#samples = keptSamples.parse(ctx.storage.kv.get(SAMPLES));
  }

  /**
   * Looks at the relay, and tells of what has opened or closed since. Where all is well, nothing is written. What the
   * queue does not take is offered again the next time.
   * @param now milliseconds since the epoch
   */
  async watch(now: number): Promise<void> {
    const work = { env: this.env, now, defer: (later: Promise<unknown>) => this.ctx.waitUntil(later) };
    const { look, samples, keep, isWanted } = await watch(work, this.#samples);
    this.#samples = samples;
    if (keep) this.ctx.storage.kv.put(SAMPLES, samples);
    const before = this.#watched();
    // From here to the end of keeping nothing is awaited: that is one transaction.
    const next = step(before, { ...look, newId: () => `inc_${ulid(now)}` });
    this.#keep(before, next, isWanted === false ? [] : next.told.map((one) => writeNotice(one, now)));
    await this.#send();
  }

  /** Incidents, those before the one that the page before ended with. */
  list(before: string | undefined, limit: number): IncidentPage {
    const open = this.#watched().filter(isOpen).toSorted(newestFirst);
    const end = before === undefined ? undefined : `${CLOSED}${before}`;
    // A page that ends within the open ones goes on with the rest of them.
    const place = open.findIndex(({ id }) => id === before);
    const left = before === undefined ? open : place < 0 ? [] : open.slice(place + 1);
    const closed = this.#closed({ limit: limit + 1, ...(place < 0 && end !== undefined ? { end } : {}) });
    const all = [...left, ...closed];
    return { items: all.slice(0, limit), more: all.length > limit };
  }

  /** How many are open. */
  open(): OpenIncidents {
    const open = this.#watched().filter(isOpen);
    return { open: open.length, unseen: open.filter(({ ack }) => ack === undefined).length };
  }

  /** One incident; undefined when there is no such one. */
  find(id: string): Incident | undefined {
    const open = this.#watched().find((one) => one.id === id && isOpen(one));
    return open ?? incident.safeParse(this.ctx.storage.kv.get(`${CLOSED}${id}`)).data;
  }

  /** Keeps who sees to an incident; the first one stays. Undefined when there is no such incident. */
  acknowledge(id: string, who: string, at: number): Incident | undefined {
    const found = this.find(id);
    if (found === undefined || found.ack !== undefined) return found;
    const seen = { ...found, ack: { who, at } };
    const watched = this.#watched();
    const open = watched.find((one) => one.id === id && isOpen(one));
    if (open === undefined) this.ctx.storage.kv.put(`${CLOSED}${id}`, seen);
    else
      this.ctx.storage.kv.put(
        WATCHED,
        watched.map((one) => (one === open ? seen : one)),
      );
    return seen;
  }

  #watched(): Incident[] {
    return watchedIncidents.catch([]).parse(this.ctx.storage.kv.get(WATCHED) ?? []);
  }

  #closed(asked: { readonly limit: number; readonly end?: string }): Incident[] {
    const found = this.ctx.storage.kv.list({ prefix: CLOSED, reverse: true, ...asked });
    return [...found].flatMap(([, kept]) => incident.safeParse(kept).data ?? []);
  }

  #keep(before: readonly Incident[], { watched, told }: Step, notices: readonly WholeMessage[]): void {
    const { kv } = this.ctx.storage;
    if (JSON.stringify(before) !== JSON.stringify(watched)) kv.put(WATCHED, watched);
    const closed = told.filter((one) => one.closed !== undefined);
    for (const one of closed) kv.put(`${CLOSED}${one.id}`, one);
    for (const one of notices) kv.put(`${OUTBOX}${one.receipt}`, one);
    for (const { id, type, about, closed: at } of told) {
      logLine("warn", at === undefined ? "incident.opened" : "incident.closed", { id, type, about: about.id });
    }
    if (closed.length > 0) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const { kv } = this.ctx.storage;
    const names = [...kv.list({ prefix: CLOSED, reverse: true, limit: 2 * MAX_CLOSED })].map(([name]) => name);
    for (const name of names.slice(MAX_CLOSED)) kv.delete(name);
  }

  /** In the order in which they came; the first that the queue refuses ends it. */
  async #send(): Promise<void> {
    const { kv } = this.ctx.storage;
    for (const [name, kept] of [...kv.list({ prefix: OUTBOX })]) {
      const message = webhookMessage.safeParse(kept).data;
      try {
        if (message !== undefined) await sendInTime(this.env.EVENTS.send(message));
      } catch (error) {
        logLine("error", "incident.not_told", { error: describeError(error) });
        return;
      }
      kv.delete(name);
    }
  }
}

function newestFirst(one: Incident, other: Incident): number {
  return one.id < other.id ? 1 : -1;
}
