import { type Caller, isAtLeast } from "../../api/people/role.ts";
import type { Finding } from "../../status/finding.ts";
import type { Clock } from "../page/clock.ts";
import { pagePath } from "../parts/address.ts";
import { Moment } from "../parts/moment.tsx";
import { helpFor } from "./help-for.ts";
import type { Status } from "./told.ts";

interface Props {
  readonly status: Status;
  readonly caller: Caller;
  readonly clock: Clock;
}

/** What needs somebody, the worst first, each with what helps. */
export function Needs({ status, caller, clock }: Props) {
  const { items } = status;
  if (items.length === 0) return null;
  return (
    <ul class="needs" aria-label="What needs somebody">
      {items.map((item) => (
        <li>
          <span>
            <span class="need">{item.sentence}</span>{" "}
            {item.since === null ? null : (
              <span class="note">
                since <Moment at={item.since} clock={clock} />
              </span>
            )}
          </span>
          <span class="row">
            <Mend item={item} status={status} caller={caller} />
            <Help item={item} caller={caller} />
          </span>
          <span class="next">{item.next.startsWith("np") ? <code>{item.next}</code> : item.next}</span>
        </li>
      ))}
    </ul>
  );
}

/** What one press mends. */
function Mend({ item, status, caller }: Omit<Props, "clock"> & { readonly item: Finding }) {
  const name = mendName(item, status);
  if (name === undefined || !isAtLeast(caller, "operator")) return null;
  return (
    <form method="post" action={pagePath("now", "resume", item.subject)}>
      <button type="submit" aria-label={`${name}: ${item.subject}`}>
        {name}
      </button>
    </form>
  );
}

/** A pause that somebody made ends where it was made: one of the configuration does not end here. */
function mendName({ kind, subject }: Finding, { destinations }: Status): string | undefined {
  if (kind === "breaker_open") return "Try now";
  const reason = destinations.find(({ id }) => id === subject)?.paused?.reason;
  const isConfigured = reason === "configuration" || reason?.startsWith("faulty_");
  return kind === "destination_paused" && !isConfigured ? "Resume" : undefined;
}

function Help({ item, caller }: { readonly item: Finding; readonly caller: Caller }) {
  const help = helpFor(item);
  return help === undefined || !isAtLeast(caller, help.who) ? null : (
    <a class="button quiet" href={help.path} aria-label={`${help.name}: ${item.subject}`}>
      {help.name}
    </a>
  );
}
