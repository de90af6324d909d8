import { keepPermissions } from "../login/store/keep-permissions.ts";
import { asksAboutLogins } from "../vendors/vendor.ts";
import type { Tick } from "./tick.ts";

/** Maps kept at one time. Each asks KV once and the log three times at most; more would leave the spool nothing. */
const MAX_SOURCES = 2;
const MINUTE_MS = 60_000;

/** Keeps the maps of the sources that ask login questions. Where there are many, they take turns. */
export async function keepMaps({ env, relay, defer, now, requests }: Tick): Promise<void> {
  const asking = [...(relay?.sources.values() ?? [])].filter(({ vendor }) => asksAboutLogins(vendor));
  const turns = Math.ceil(asking.length / MAX_SOURCES);
  const first = turns === 0 ? 0 : (Math.floor(now / MINUTE_MS) % turns) * MAX_SOURCES;
  const inTurn = asking.slice(first, first + MAX_SOURCES);
  requests.count(inTurn.length);
  await keepPermissions(inTurn, { env, now, defer });
}
