import type { Clock } from "../page/clock.ts";
import { pagePath } from "../parts/address.ts";
import { Shown } from "../parts/form/hidden.tsx";
import { Moment } from "../parts/moment.tsx";
import type { ListedReplay } from "./told.ts";

/** Which events a replay is about, and where they go. */
export function What({ of: { filter, event }, clock }: { readonly of: ListedReplay; readonly clock: Clock }) {
  if (event !== undefined) return <a href={pagePath("events", event)}>one event</a>;
  const conditions = Object.entries(filter);
  if (conditions.length === 0) return <>all events</>;
  return (
    <span class="wrap">
      {conditions.map(([name, value], at) => (
        <>
          {at === 0 ? "" : ", "}
          <span class="note">{name}</span> {isTime(name) ? <Moment at={value} clock={clock} /> : <Shown text={value} />}
        </>
      ))}
    </span>
  );
}

function isTime(name: string): boolean {
  return name === "since" || name === "until";
}

/** Where it goes to. */
export function Whither({ of: { destination, destinations } }: { readonly of: ListedReplay }) {
  if (destination !== undefined) return <>{destination}</>;
  const names = Object.keys(destinations);
  return <>{names.length === 0 ? "where they went before" : names.toSorted().join(", ")}</>;
}
