import type { Relay } from "../config/load-relay.ts";
import type { Requests } from "./requests.ts";

/** One minute of cron. */
export interface Tick {
  /** The log in it is asked in time, and what it is asked is counted. */
  readonly env: Env;
  readonly relay: Relay | undefined;
  readonly defer: (work: Promise<unknown>) => void;
  readonly now: number;
  readonly requests: Requests;
}
