import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import * as z from "zod";
import { app } from "../../src/app.ts";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { consume } from "../../src/delivery/consume.ts";
import { forgetPatience } from "../../src/delivery/fan-out/patience.ts";
import { forgetPauses } from "../../src/delivery/gate/known-pauses.ts";
import { tend } from "../../src/janitor/every-minute.ts";
import { forgetPermissions } from "../../src/login/store/permissions.ts";
import { LOG_LIMIT_MS } from "../../src/platform/d1/in-time.ts";
import { withTimeLimit } from "../../src/platform/time-limit.ts";
import { openSink } from "../sink/sink.ts";
import { aWork } from "../work.ts";
import { handOut } from "./batch.ts";
import { LIFE, Life, type Lines, type Strike, type Troubles } from "./life.ts";
import { Line, type Waiting } from "./line.ts";
import type { Login } from "./logins.ts";
import { attributeRequests, hasten } from "./surroundings.ts";

export type Sink = ReturnType<typeof openSink>;

const SECRET = "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==";
const DAY = 24 * 60 * 60_000;
/** What goes on behind a response gets so long. Real time. */
const BEHIND = 100;
const BATCH = 10;
const spoolRow = z.object({ receipt: z.string(), message: z.string() });
const passThroughOnException = () => undefined;
let worlds = 0;

/**
 * A relay in a time of its own: the Worker's code and bindings are the real ones, but for the queues, whose messages
 * wait in lines. Time stands still while something happens, and moves on to whatever comes next.
 */
export class World {
  readonly troubles: Troubles = {};
  /** What KV still shows, by key, although something else was put there. */
  readonly stale = new Map<string, string>();
  readonly lines: Lines;
  readonly sinks: Readonly<Record<string, Sink>>;
  /** Agents whose webhooks were answered with 200: what was accepted, as the sender knows it. */
  readonly accepted = new Set<string>();
  /** Other webhooks that were accepted. */
  others = 0;
  /** Login questions that were answered. */
  questions = 0;
  /** Deliveries that are meant to be dead letters in the end. */
  deadLetters = 0;
  /** An invocation that has not returned by then is ended, as the platform would in a quarter of an hour. Real time. */
  patience = 20_000;
  /** The Worker's own waits are so much shorter while something is wrong: what it waits for will not come. */
  haste = 4;
  /** How long log and queues are waited for while something is wrong; less only where they hang for good. Real time. */
  logPatience = LOG_LIMIT_MS;
  /** Cron ticks so often, at least while nothing else is due; milliseconds. */
  cronEvery = 60_000;
  /** How often the alarm of a gate went off. */
  alarms = 0;
  readonly #destinations: Record<string, object>;
  readonly #number = ++worlds;
  readonly #lives = new Map<string, Life>();
  #lastCron: number;
  /** How much the Worker's clock is ahead, milliseconds. */
  #error = 0;
  #isHasty = false;

  /** @param start milliseconds since the epoch, ahead of the real time: no alarm of a gate goes off by itself */
  constructor(destinations: Record<string, object>, start: number) {
    vi.setSystemTime(start);
    for (const level of ["info", "warn", "error"] as const) vi.spyOn(console, level).mockReturnValue();
    const now = () => Date.now() - this.#error;
    const dead = new Line("hookswitch-dead", now, 100);
    this.lines = {
      EVENTS: new Line("hookswitch-events", now, 20, dead),
      RETRIES: new Line("hookswitch-retries", now, 20, dead),
      DEAD: dead,
    };
    this.#destinations = destinations;
    this.sinks = Object.fromEntries(Object.keys(destinations).map((name) => [name, openSink()]));
    this.#lastCron = Date.now();
    attributeRequests(this.#lives);
    hasten(() => (this.#isHasty ? this : undefined));
  }

  /** A sink of this world. */
  sink(name: string): Sink {
    const sink = this.sinks[name];
    if (sink === undefined) throw new Error(`there is no sink ${name}`);
    return sink;
  }

  /** The id of a destination: gates outlive a world, so each has another. */
  id(name: string): string {
    return `${name}-${this.#number}`;
  }

  /** Puts the configuration into KV, as it is or with changes by destination. */
  async configure(changes: Record<string, object> = {}): Promise<void> {
    const headers = { "x-life": `env:${LIFE}` };
    const destinations = Object.entries(this.#destinations).map(([name, settings]) => {
      const { url } = this.sink(name);
      return [this.id(name), { url, secrets: [SECRET], headers, ...settings, ...changes[name] }];
    });
    await this.putConfiguration(
      JSON.stringify({
        sources: {
          ucontact: { vendor: "ucontact", keys: ["chaos-key"], timezone: "UTC" },
          vcc: { vendor: "vcc-live", keys: ["chaos-key"] },
        },
        destinations: Object.fromEntries(destinations),
      }),
    );
  }

  async putConfiguration(text: string): Promise<void> {
    await env.CONFIG.put("relay", text);
  }

  /** Rewrites what lies in the spool, as another version of the Worker would have written it. */
  async rewriteSpool(change: (message: string) => string): Promise<void> {
    const { results } = await env.LOG.prepare("SELECT receipt, message FROM spool").all();
    for (const { receipt, message } of z.array(spoolRow).parse(results)) {
      const update = env.LOG.prepare("UPDATE spool SET message = ?2 WHERE receipt = ?1");
      await update.bind(receipt, change(message)).run();
    }
  }

  /** From now on as in a new isolate: nothing is remembered. */
  renew(): void {
    forgetRelay();
    forgetPauses();
    forgetPatience();
    forgetPermissions();
  }

  pass(milliseconds: number): void {
    vi.setSystemTime(Date.now() + milliseconds);
  }

  /** Does something while the clocks of the Worker and its gates, but not those of the queues, are so much ahead. */
  async misdate(error: number, work: () => Promise<unknown>): Promise<void> {
    this.#error = error;
    this.pass(error);
    await work();
    this.pass(-error);
    this.#error = 0;
  }

  /** A new invocation. */
  begin(strike?: Strike): Life {
    const life = new Life(this.lines, this.troubles, this.stale, strike);
    this.#lives.set(life.id, life);
    return life;
  }

  /** Sends webhooks to the intake, all at once; their statuses, undefined where no answer came. */
  async receive(logins: readonly Login[]): Promise<(number | undefined)[]> {
    return Promise.all(logins.map((login) => this.post(login)));
  }

  /** Sends a webhook to the intake. */
  async post({ agent, body }: Login, life: Life = this.begin()): Promise<number | undefined> {
    const response = await this.ask("/in/ucontact?key=chaos-key", { body }, life);
    if (response?.status === 200) this.accepted.add(agent);
    return response?.status;
  }

  /** Any request to the Worker; undefined when the invocation ended before it answered. */
  async ask(path: string, init: RequestInit, life: Life = this.begin()): Promise<Response | undefined> {
    const deferred: Promise<unknown>[] = [];
    const waitUntil = (work: Promise<unknown>) => void deferred.push(work);
    const request = new Request(`https://relay.example.com${path}`, { method: "POST", ...init });
    const answering = Promise.resolve(app.fetch(request, life.env, { waitUntil, passThroughOnException, props: {} }));
    const response = await Promise.race([answering, life.ended.then(() => undefined)]);
    await withTimeLimit(Promise.allSettled(deferred), BEHIND);
    return response;
  }

  /** Hands a batch of what is visible to the consumer; undefined when nothing is. */
  async turn(strike?: Strike): Promise<Life | undefined> {
    for (const line of [this.lines.EVENTS, this.lines.RETRIES, this.lines.DEAD]) {
      const messages = line.take(BATCH);
      if (messages.length > 0) return this.hand(line, messages, strike);
    }
    return undefined;
  }

  /** Hands a batch to the consumer, in an invocation of its own. */
  async hand(line: Line, messages: readonly Waiting[], strike?: Strike): Promise<Life> {
    const life = this.begin(strike);
    this.#isHasty = this.#isWrong(strike);
    const { batch, conclude, abandon } = handOut(line, messages);
    const deferred: Promise<unknown>[] = [];
    const patience = this.#isHasty ? this.patience * this.haste : this.patience;
    const handling = consume(batch, aWork({ env: life.env, defer: (work) => void deferred.push(work) }));
    const handled = await withTimeLimit(Promise.race([handling, life.ended]), patience);
    if (life.isDead || !handled.ok) {
      life.die();
      abandon();
    } else {
      // The queue does not wait for what goes on behind the batch; the platform ends that in the end.
      conclude(false);
      const behind = await withTimeLimit(Promise.race([Promise.allSettled(deferred), life.ended]), patience);
      if (!behind.ok) life.die();
    }
    this.#isHasty = false;
    return life;
  }

  /** What cron does each minute. */
  async tick(strike?: Strike): Promise<Life> {
    const life = this.begin(strike);
    const deferred: Promise<unknown>[] = [];
    this.#lastCron = Date.now();
    this.#isHasty = this.#isWrong(strike);
    const tending = tend(aWork({ env: life.env, defer: (work) => void deferred.push(work) }));
    const over = Promise.race([tending.then(() => withTimeLimit(Promise.allSettled(deferred), BEHIND)), life.ended]);
    await withTimeLimit(over, this.#isHasty ? this.patience * this.haste : this.patience);
    this.#isHasty = false;
    return life;
  }

  #isWrong(strike: Strike | undefined): boolean {
    return strike !== undefined || Object.values(this.troubles).some((trouble) => trouble !== undefined);
  }

  /** Lets time pass until nothing is under way any more. Throws when that takes too long. */
  async run(limit: number = DAY): Promise<void> {
    const end = Date.now() + limit;
    while (Date.now() <= end) {
      if ((await this.turn()) !== undefined) continue;
      if (await this.isQuiet()) return;
      await this.#moveOn();
    }
    throw new Error(`something is still under way after ${limit / 60_000} minutes`);
  }

  /** Lets so much time pass, whatever is under way. */
  async runFor(milliseconds: number): Promise<void> {
    const end = Date.now() + milliseconds;
    while (Date.now() < end) if ((await this.turn()) === undefined) await this.#moveOn(end);
  }

  /** Events that the log has taken down. */
  async settled(): Promise<number> {
    return z.object({ n: z.number() }).parse(await env.LOG.prepare("SELECT count(*) AS n FROM event").first()).n;
  }

  /** Nothing waits: no message, no delivery, nothing in the spool. */
  async isQuiet(): Promise<boolean> {
    if (Object.values(this.lines).some(({ length }) => length > 0)) return false;
    const open = "SELECT 1 FROM delivery WHERE state = 'waiting' UNION ALL SELECT 1 FROM spool LIMIT 1";
    return (await env.LOG.prepare(open).first()) === null;
  }

  /** To the next moment at which something is due. */
  async #moveOn(end: number = Number.POSITIVE_INFINITY): Promise<void> {
    const cron = this.#lastCron + this.cronEvery;
    const alarms = await Promise.all(Object.keys(this.sinks).map((name) => this.#alarmOf(name)));
    const lines = Object.values(this.lines).map(({ next = Number.POSITIVE_INFINITY }) => next);
    const next = Math.min(cron, end, ...alarms.map(({ at }) => at), ...lines);
    if (next > Date.now()) vi.setSystemTime(next);
    const now = Date.now();
    for (const { name, at } of alarms) if (at <= now) await this.#ring(name);
    if (cron <= now) await this.tick();
  }

  async #alarmOf(name: string) {
    const gate = env.GATE.getByName(this.id(name));
    const at = await runInDurableObject(gate, (_, { storage }) => storage.getAlarm());
    return { name, at: at ?? Number.POSITIVE_INFINITY };
  }

  /** The alarm of a gate goes off; the call for a probe goes into this world's line. */
  async #ring(name: string): Promise<void> {
    const gate = env.GATE.getByName(this.id(name));
    const life = this.begin();
    await runInDurableObject(gate, (instance) => void Object.assign(instance, { env: life.env }));
    this.alarms += 1;
    await runDurableObjectAlarm(gate).catch(() => undefined);
  }
}
