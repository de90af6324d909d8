import type { Facts } from "../status/facts.ts";
import type { Incident } from "./incident.ts";

/** Whether the facts would show an incident if it were so; what could not be looked at says nothing. */
export function isKnown({ type, about }: Incident, { log, maps, config }: Facts): boolean {
  switch (type) {
    case "relay.document_faulty":
      return about.kind === "config" || config.state !== "ready" || maps.some(({ source }) => source === about.id);
    case "relay.log_behind":
      return true;
    case "relay.destination_failing": {
      if (log === undefined) return false;
      const found = log.destinations.find(({ id }) => id === about.id);
      return found?.breaker !== undefined || found?.paused !== undefined || (found?.waiting ?? 0) === 0;
    }
    default:
      return log !== undefined;
  }
}
