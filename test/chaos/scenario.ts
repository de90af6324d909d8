import { inject, it } from "vitest";
import { type Account, account, type Expected } from "./account.ts";
import { blows, type Life, type Strike } from "./life.ts";
import { openWorld } from "./open-world.ts";
import type { World } from "./world.ts";

/** How many times longer than usual. */
const FACTOR = inject("chaos");
const TIMEOUT = 60_000;

/** To die before a call is much like dying when the one before it is done. */
const usualBlows = blows.filter((how) => how !== "dies" || FACTOR > 1);

interface Setting extends Expected {
  /** Settings of the destinations by name, each of which gets a sink. */
  readonly destinations?: Record<string, object>;
}

const usual = { well: {}, other: {} };

/** How many webhooks, in the short form and in a longer one. */
export const many = (count: number) => count * FACTOR;

/** A fault, once: what is accepted meanwhile is delivered when it is over, and the books balance. */
export function scenario(fault: string, setting: Setting, play: (world: World) => Promise<void>): void {
  const { destinations = usual, ...expected } = setting;
  it(fault, { timeout: TIMEOUT * FACTOR }, async ({ task }) => {
    const world = await openWorld(destinations);
    await play(world);
    await world.run();
    task.meta.chaos = { fault, runs: 1, ...(await account(world, expected)) };
  });
}

/** For each blow, how many deliveries of one run may be made again though they were taken. */
export type Tolerated = Readonly<Record<(typeof blows)[number], number>>;

interface Struck<T> extends Omit<Setting, "duplicated"> {
  readonly tolerated: Tolerated;
  /** Brings the world to just before the invocation that is struck. */
  readonly prepare: (world: World) => Promise<T>;
  /** The invocation, or several of them. */
  readonly play: (world: World, strike: Strike, prepared: T) => Promise<readonly Life[]>;
  /** What the sender or the receiver does then. */
  readonly after?: (world: World, prepared: T) => Promise<void>;
}

/**
 * An invocation is struck at its first call to the outside, at its second, and so on until it ends without having been
 * struck; each time in each way that there is.
 */
export function atEachCall<T>(what: string, setting: Struck<T>): void {
  for (const how of usualBlows) {
    it(`${what} ${how}`, { timeout: TIMEOUT * FACTOR }, async ({ task }) => {
      const accounts: Account[] = [];
      for (let at = 1; ; at += 1) {
        const { reached, ...told } = await strikeAt(setting, { at, how });
        accounts.push(told);
        if (!reached) break;
      }
      const sum = (part: keyof Account) => accounts.reduce((total, one) => total + one[part], 0);
      const sums = { events: sum("events"), lost: sum("lost"), duplicated: sum("duplicated") };
      task.meta.chaos = { fault: `${what} ${how}, at each await`, runs: accounts.length, ...sums };
    });
  }
}

async function strikeAt<T>(setting: Struck<T>, strike: Strike): Promise<Account & { readonly reached: boolean }> {
  const { destinations = usual, prepare, play, after, tolerated, ...expected } = setting;
  const world = await openWorld(destinations);
  const prepared = await prepare(world);
  const lives = await play(world, strike, prepared);
  await after?.(world, prepared);
  await world.run();
  const told = await account(world, { ...expected, duplicated: tolerated[strike.how] });
  return { ...told, reached: lives.some(({ calls }) => calls >= strike.at) };
}
