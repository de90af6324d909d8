import { isLoopback } from "../../config/host.ts";
import { type LoadedRelay, loadRelay, type Relay } from "../../config/load-relay.ts";
import { publicUrlOf } from "../../config/public-url.ts";
import { settingWarnings } from "../../config/settings.ts";
import { loadPermissions } from "../../login/store/permissions.ts";
import { LOG_LIMIT_MS } from "../../platform/d1/in-time.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { withTimeLimit } from "../../platform/time-limit.ts";
import type { Work } from "../../platform/work.ts";
import type { DocumentFacts, Facts } from "../../status/facts.ts";
import { asksAboutLogins } from "../../vendors/vendor.ts";
import { type Extent, type GatheredLog, gatherLog } from "./gather-log.ts";
import { inTurn } from "./in-turn.ts";

/** Maps that are looked at briefly. */
const MAX_MAPS = 10;

/** What is known of this relay. */
export interface Gathered {
  readonly facts: Facts;
  readonly relay: Relay | undefined;
  /** Undefined while the log cannot be read. */
  readonly log: GatheredLog | undefined;
}

/**
 * Finds out how this relay stands. Never rejects.
 * @param host that was called: where it is reached, unless `PUBLIC_URL` says so
 */
export async function gather(work: Work, host: string | null, extent: Extent = "whole"): Promise<Gathered> {
  const lookup = lookupIn(work.env);
  const loaded = await loadRelay(work);
  const relay = loaded.state === "ready" ? loaded.value : undefined;
  const [maps, log] = await Promise.all([
    gatherMaps(relay, work, extent),
    withTimeLimit(gatherLog(relay, work, extent), LOG_LIMIT_MS),
  ]);
  const gathered = log.ok ? log.value : undefined;
  const at = publicUrlOf(lookup, host === null ? {} : { origin: `https://${host}` });
  const facts: Facts = {
    now: work.now,
    at: isLoopback(new URL(at).hostname) ? undefined : at,
    config: toFacts(loaded),
    settings: settingWarnings(lookup),
    unset: relay?.unset ?? [],
    maps,
    log: gathered?.facts,
  };
  return { facts, relay, log: gathered };
}

/** The maps of the sources that ask login questions. */
function gatherMaps(relay: Relay | undefined, work: Work, extent: Extent): Promise<Facts["maps"]> {
  const asking = [...(relay?.sources.values() ?? [])].filter(({ vendor }) => asksAboutLogins(vendor));
  const looked = extent === "whole" ? asking : inTurn(asking, MAX_MAPS, work.now);
  return Promise.all(
    looked.map(async (source) => ({ source: source.id, ...toFacts(await loadPermissions(source, work)) })),
  );
}

function toFacts(loaded: LoadedRelay | Awaited<ReturnType<typeof loadPermissions>>): DocumentFacts {
  const { state, faults = [] } = loaded;
  return { state, faults, faulty: loaded.state === "ready" ? (loaded.faulty ?? []) : [] };
}
