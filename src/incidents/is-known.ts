import type { Relay } from "../config/load-relay.ts";
import type { Facts } from "../status/facts.ts";
import { isAwaited } from "../status/judge-source.ts";
import { asksAboutLogins } from "../vendors/vendor.ts";
import type { Incident } from "./incident.ts";

/**
 * Whether the facts would show an incident if it were so; what could not be looked at says nothing.
 * @param relay undefined while no configuration can be read: then sources and destinations are not known either
 */
export function isKnown({ type, about, since }: Incident, { log, maps }: Facts, relay: Relay | undefined): boolean {
  switch (type) {
    case "relay.document_faulty": {
      if (about.kind === "config") return true;
      const source = relay?.sources.get(about.id);
      if (source === undefined || !asksAboutLogins(source.vendor)) return relay !== undefined;
      return maps.some((map) => map.source === about.id);
    }
    case "relay.log_behind":
      return true;
    case "relay.limit_near":
      return log !== undefined;
    case "relay.destination_failing": {
      if (log === undefined || relay === undefined) return false;
      if (!relay.destinations.some(({ id }) => id === about.id)) return true;
      const found = log.destinations.find(({ id }) => id === about.id);
      return found?.breaker !== undefined || found?.paused !== undefined || (found?.waiting ?? 0) === 0;
    }
    case "relay.source_silent": {
      if (log === undefined || relay === undefined) return false;
      const found = log.sources.find(({ id }) => id === about.id);
      // Its hours may be over without a word from it: it is as silent as before.
      return found === undefined || isAwaited(found) || (found.last ?? 0) > since;
    }
    default:
      return log !== undefined && relay !== undefined;
  }
}
