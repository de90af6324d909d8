import { createHash } from "node:crypto";

/** What one relay is made of, by names that follow its Worker's: two Workers of one account share nothing. */
export interface ResourceNames {
  readonly worker: string;
  /** Titles of the KV namespaces, by binding. */
  readonly namespaces: Readonly<Record<"CONFIG" | "PERMISSIONS", string>>;
  readonly database: string;
  /** By binding. */
  readonly queues: Readonly<Record<"EVENTS" | "RETRIES" | "DEAD", string>>;
  /** Of the rate limit: a number that other Workers of the account hardly have, since it is a hash of the name. */
  readonly rateLimit: string;
}

/** Digits of a hash that make a number below 2^28. */
const HEX_DIGITS = 7;

/**
 * The names of a relay.
 * @param base the Worker's name in wrangler.toml
 * @param environment `staging` or any other word; production has none
 */
export function resourceNamesOf(base: string, environment?: string): ResourceNames {
  const worker = environment === undefined ? base : `${base}-${environment}`;
  const hash = createHash("sha256").update(worker).digest("hex");
  return {
    worker,
    namespaces: { CONFIG: `${worker}-config`, PERMISSIONS: `${worker}-permissions` },
    database: `${worker}-log`,
    queues: { EVENTS: `${worker}-events`, RETRIES: `${worker}-retries`, DEAD: `${worker}-dead` },
    rateLimit: String(Number.parseInt(hash.slice(0, HEX_DIGITS), 16)),
  };
}
