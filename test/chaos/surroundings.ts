import { vi } from "vitest";
import type { Life } from "./life.ts";

/** The Worker's own waits are so much shorter while something is wrong: what it waits for will not come. */
export const HASTE = 4;
/** But for those by which it bounds what gates and log really do; milliseconds. */
const BOUNDS = [300, 1000];

/** Shortens the waits of consumers and cron, but not those of the intake, which promises to answer in time. */
export function hasten(isHasty: () => boolean): void {
  const real = globalThis.setTimeout;
  vi.spyOn(globalThis, "setTimeout").mockImplementation((callback, delay = 0, ...rest) =>
    real(callback, isHasty() && !BOUNDS.includes(delay) ? delay / HASTE : delay, ...rest),
  );
}

/** Requests to destinations belong to the life whose id they carry, and go wrong with it. */
export function attributeRequests(lives: ReadonlyMap<string, Life>): void {
  const real = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
    const life = lives.get(new Headers(init?.headers).get("x-life") ?? "");
    return life === undefined ? real(input, init) : life.call("fetch", String(input), () => real(input, init));
  });
}
