import { vi } from "vitest";
import { LEAST_PATIENCE_MS } from "../../src/delivery/fan-out/patience.ts";
import { LOG_LIMIT_MS } from "../../src/platform/d1/in-time.ts";
import type { Life } from "./life.ts";

/** But for those by which it bounds what gates, log, queues and receivers really do; milliseconds. */
const BOUNDS = [LEAST_PATIENCE_MS, 300, 1000, LOG_LIMIT_MS];

/**
 * Shortens the waits of consumers and cron, but not those of the intake, which promises to answer in time.
 * @param rules how many times shorter, and how long log and queues are waited for, milliseconds; undefined: no haste now
 */
export function hasten(rules: () => { readonly haste: number; readonly logPatience: number } | undefined): void {
  const real = globalThis.setTimeout;
  vi.spyOn(globalThis, "setTimeout").mockImplementation((callback, delay = 0, ...rest) => {
    const { haste = 1, logPatience = delay } = rules() ?? {};
    const bound = delay === LOG_LIMIT_MS ? logPatience : delay;
    return real(callback, BOUNDS.includes(delay) ? bound : delay / haste, ...rest);
  });
}

/** Requests to destinations belong to the life whose id they carry, and go wrong with it. */
export function attributeRequests(lives: ReadonlyMap<string, Life>): void {
  const real = globalThis.fetch;
  vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
    const life = lives.get(new Headers(init?.headers).get("x-life") ?? "");
    return life === undefined
      ? real(input, init)
      : life.call("fetch", `${input}\n${init?.body}`, () => real(input, init));
  });
}
