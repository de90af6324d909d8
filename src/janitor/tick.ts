import type { Relay } from "../config/load-relay.ts";
import type { TracedWork } from "../platform/work.ts";
import type { Requests } from "./requests.ts";

/** One minute of cron. The log is asked in time, and what it is asked is counted. */
export interface Tick extends TracedWork {
  readonly relay: Relay | undefined;
  readonly requests: Requests;
}
