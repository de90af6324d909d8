import * as z from "zod";
import { shown } from "../platform/shown.ts";

/** What a delivery waits for, in the same words wherever it is told. */
export const waitsFor = z
  .union([
    z.enum(["retry", "turn", "answer", "limit", "breaker", "paused"]),
    z.templateLiteral(["faulty_", z.string()]),
  ])
  .describe(
    "`retry`; `turn`: it was not tried yet, or cron wakes it; `answer`: it was sent, and has not ended; `limit`; `breaker`; `paused`; `faulty_…`: the part of the configuration that has to be mended",
  )
  .register(shown, { as: "open" });
export type WaitsFor = z.infer<typeof waitsFor>;

/** How a destination stands, as far as what waits for it is concerned. Times are milliseconds since the epoch. */
export interface Passage {
  /** Why nothing is sent: `configuration`, `faulty_…`, or who or what paused it. */
  readonly paused: { readonly reason: string } | undefined;
  readonly breaker:
    | { readonly state: "closed" | "open" | "half_open"; readonly nextProbe?: number | undefined }
    | undefined;
}

/** What keeps all deliveries from a destination. `until`: null where somebody has to do something first. */
export interface Hold {
  readonly for: Exclude<WaitsFor, "retry" | "turn" | "answer" | "limit">;
  readonly until: number | null;
}

/**
 * What holds everything for a destination; undefined when nothing does. Of several the strongest is told.
 * @param now milliseconds since the epoch
 */
export function holdOf({ paused, breaker }: Passage, now: number): Hold | undefined {
  if (paused !== undefined) {
    const part = faultyPartIn(paused.reason);
    return { for: part === undefined ? "paused" : `faulty_${part}`, until: null };
  }
  if (breaker === undefined || breaker.state === "closed") return undefined;
  return { for: "breaker", until: Math.max(breaker.nextProbe ?? now, now) };
}

/** The part of the configuration that a reason names as faulty: `mask` of `faulty_mask`. */
export function faultyPartIn(reason: string): string | undefined {
  return /^faulty_(.+)$/.exec(reason)?.[1];
}

/** Until when somebody is waited for, as it follows "waits": `until crm is resumed (…)`. */
export function untilSomebody(id: string, { reason }: { readonly reason: string }): string {
  const part = faultyPartIn(reason);
  if (part !== undefined) return `until the ${part} of ${id} is mended in the configuration`;
  const how = reason === "configuration" ? "in the configuration" : `(npx hookswitch destinations resume ${id})`;
  return `until ${id} is resumed ${how}`;
}
