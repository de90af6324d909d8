import type { Caller } from "../../api/people/role.ts";
import { type Admitted, isAdmitted } from "./admitted.ts";

interface Place {
  readonly path: string;
  readonly name: string;
  readonly who: Admitted;
}

/** Where one can go, in the groups in which it is shown. */
const groups: readonly { readonly name: string; readonly places: readonly Place[] }[] = [
  {
    name: "Watch",
    places: [
      { path: "/dashboard", name: "Now", who: "viewer" },
      { path: "/dashboard/receiver", name: "Your destination", who: "receiver" },
      { path: "/dashboard/logins", name: "Login desk", who: "supervisor" },
      { path: "/dashboard/events", name: "Events", who: "viewer" },
      { path: "/dashboard/refused", name: "Refused", who: "viewer" },
      { path: "/dashboard/incidents", name: "Incidents", who: "viewer" },
    ],
  },
  {
    name: "Mend",
    places: [
      { path: "/dashboard/dead-letters", name: "Dead letters", who: "viewer" },
      { path: "/dashboard/replays", name: "Replays", who: "operator" },
      { path: "/dashboard/destinations", name: "Destinations", who: "viewer" },
      { path: "/dashboard/sources", name: "Sources", who: "viewer" },
    ],
  },
  {
    name: "Set up",
    places: [
      { path: "/dashboard/permissions", name: "Permission map", who: "supervisor" },
      { path: "/dashboard/configuration", name: "Configuration", who: "admin" },
    ],
  },
  {
    name: "Account for",
    places: [
      { path: "/dashboard/ledger", name: "Ledger", who: "viewer" },
      { path: "/dashboard/tokens", name: "Tokens", who: "admin" },
      { path: "/dashboard/audit", name: "Audit", who: "admin" },
    ],
  },
];

/** The pages that somebody may see; the one that is shown is marked. */
export function Navigation({ caller, path }: { readonly caller: Caller; readonly path: string }) {
  const shown = groups
    .map(({ name, places }) => ({ name, places: places.filter(({ who }) => isAdmitted(caller, who)) }))
    .filter(({ places }) => places.length > 0);
  return (
    <nav aria-label="Pages">
      {shown.map(({ name, places }) => (
        <section>
          <h2>{name}</h2>
          <ul>
            {places.map((place) => (
              <li>
                <a href={place.path} aria-current={isHere(place.path, path) ? "page" : undefined}>
                  {place.name}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function isHere(place: string, path: string): boolean {
  return place === "/dashboard" ? path === place : path === place || path.startsWith(`${place}/`);
}
