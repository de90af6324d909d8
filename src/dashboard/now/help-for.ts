import type { Role } from "../../api/people/role.ts";
import type { Finding } from "../../status/finding.ts";
import type { FindingKind } from "../../status/kinds.ts";

type Help = { readonly name: string; readonly path: string; readonly who: Role };

const pages: Readonly<Partial<Record<FindingKind, (subject: string) => Help>>> = {
  dead_letters: (id) => ({
    name: "Dead letters",
    path: `/dashboard/dead-letters?${new URLSearchParams({ destination: id })}`,
    who: "viewer",
  }),
  breaker_open: destination,
  destination_paused: destination,
  waiting_long: destination,
  requests_refused: (id) => ({
    name: "Refused requests",
    // What comes for sources that there are not is counted as that of one, but kept with what each was called.
    path: `/dashboard/refused?${new URLSearchParams(id === "*" ? { reason: "unknown_source" } : { source: id })}`,
    who: "viewer",
  }),
  source_silent: source,
  webhooks_failed: (id) => ({ name: "Ledger", path: `/dashboard/ledger#${encodeURIComponent(id)}`, who: "viewer" }),
  config_invalid: configuration,
  config_faulty: configuration,
  config_unreadable: configuration,
  secret_unset: configuration,
  permissions_missing: map,
  permissions_invalid: map,
  permissions_faulty: map,
};

/** The page on which one can do something about what needs somebody, and who may see it. */
export function helpFor({ kind, subject }: Pick<Finding, "kind" | "subject">): Help | undefined {
  return pages[kind]?.(subject);
}

function destination(id: string): Help {
  return { name: "Destination", path: `/dashboard/destinations/${encodeURIComponent(id)}`, who: "viewer" };
}

function source(id: string): Help {
  return { name: "Source", path: `/dashboard/sources/${encodeURIComponent(id)}`, who: "viewer" };
}

function configuration(): Help {
  return { name: "Configuration", path: "/dashboard/configuration", who: "admin" };
}

function map(id: string): Help {
  return { name: "Permission map", path: `/dashboard/permissions/${encodeURIComponent(id)}`, who: "supervisor" };
}
