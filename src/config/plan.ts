import * as z from "zod";
import type { Lookup } from "../platform/lookup.ts";

/** Cloudflare's plan of an account. */
export const planName = z.enum(["free", "paid"]);
export type PlanName = z.infer<typeof planName>;

/** What a relay has used. */
export interface Usage {
  /** Webhooks and logins of this UTC day. */
  readonly today: number;
  readonly databaseBytes: number;
  /** Of the fuller queue; absent where nobody looked. */
  readonly backlogBytes?: number | undefined;
}

/** A limit that is near. `limit`: one word for it. */
export interface NearLimit {
  readonly limit: "queue_operations" | "database" | "queue_backlog";
  readonly sentence: string;
}

/** Bytes that a database may have (developers.cloudflare.com/d1/platform/limits). */
const DATABASE_BYTES = { free: 500_000_000, paid: 10_000_000_000 } as const;
/** Above this share of its bytes a database counts as nearly full. */
const FULL_SHARE = 0.8;
/** A day's queue operations on the Free plan, and what a webhook or a login takes: it is written, read and removed. */
const FREE_QUEUE_OPERATIONS = 10_000;
const OPERATIONS_PER_WEBHOOK = 3;
/** Bytes that may wait in one queue (developers.cloudflare.com/queues/platform/limits). */
const BACKLOG_BYTES = 25_000_000_000;
const NEAR_SHARE = 0.8;
/** The Paid plan allows an invocation 10,000 requests and 1,000 queries of the log. */
const PAID_REQUESTS = 1000;

/**
 * The requests that an invocation may make; undefined where nobody said: then as many as the Free plan bears.
 * @param lookup the variable `REQUESTS_PER_BATCH` goes before the plan
 */
export function requestsAllowed(plan: PlanName | undefined, lookup: Lookup): number | undefined {
  return Number(lookup("REQUESTS_PER_BATCH")) || (plan === "paid" ? PAID_REQUESTS : undefined);
}

/** From how many bytes on the oldest events go before their time. */
export function fullBytes(plan: PlanName = "paid"): number {
  return FULL_SHARE * DATABASE_BYTES[plan];
}

/** Which limits of the plan are near. Where nobody said which plan it is, those of both count. */
export function nearLimits({ today, databaseBytes, backlogBytes = 0 }: Usage, plan: PlanName | undefined): NearLimit[] {
  const operations = today * OPERATIONS_PER_WEBHOOK;
  const bytes = DATABASE_BYTES[plan ?? "free"];
  const whose = plan === undefined ? ', if the account has it; else say "plan": "paid" in the configuration' : "";
  return [
    ...(plan !== "paid" && operations >= NEAR_SHARE * FREE_QUEUE_OPERATIONS
      ? [
          {
            limit: "queue_operations" as const,
            sentence: `${today} webhooks and logins today took about ${operations} of the ${FREE_QUEUE_OPERATIONS} queue operations of the Free plan${whose}`,
          },
        ]
      : []),
    ...(databaseBytes >= FULL_SHARE * bytes
      ? [
          {
            limit: "database" as const,
            sentence: `the database has ${megabytes(databaseBytes)} of the ${megabytes(bytes)} MB of the ${plan === "paid" ? "Paid" : "Free"} plan${whose}`,
          },
        ]
      : []),
    ...(backlogBytes >= NEAR_SHARE * BACKLOG_BYTES
      ? [
          {
            limit: "queue_backlog" as const,
            sentence: `${megabytes(backlogBytes)} of the ${megabytes(BACKLOG_BYTES)} MB that a queue may have wait in one`,
          },
        ]
      : []),
  ];
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}
