import { type Claim, type Claimed, claimEvents } from "../../log/events/claim.ts";
import { eachApart } from "../../platform/d1/each-apart.ts";
import { logLine } from "../../platform/log-line.ts";
import type { ReadOne } from "./read-webhooks.ts";

/** Whose event a webhook is, or that the log could not tell. */
export type Claiming = Claimed | { readonly state: "unclaimed" };

/**
 * Claims the events of webhooks, by receipt. What the log cannot claim counts as its own event: twice rather than never.
 * Never rejects.
 */
export async function claimWebhooks(read: readonly ReadOne[], log: D1Database): Promise<ReadonlyMap<string, Claiming>> {
  const claims = read.map(({ message: { receipt, receivedAt }, webhook: { draft, id, neighbours } }): Claim => {
    return { receipt, id, neighbours, receivedAt, windowMs: draft.windowMs };
  });
  const { answers, done } = await eachApart(claims, (some) => claimEvents(log, some));
  const unclaimed = claims.length - done.length;
  if (unclaimed > 0) logLine("error", "fan_out.unclaimed", { webhooks: unclaimed });
  return new Map([
    ...claims.map(({ receipt }): [string, Claiming] => [receipt, { state: "unclaimed" }]),
    ...answers.flatMap((claimed) => [...claimed]),
  ]);
}
