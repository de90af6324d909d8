import type { Finding } from "../../status/finding.ts";
import type { Clock } from "../page/clock.ts";
import { Age } from "../parts/moment.tsx";
import { helpFor } from "./help-for.ts";

/** What needs somebody, the worst first, each with what helps. */
export function Needs({ items, clock }: { readonly items: readonly Finding[]; readonly clock: Clock }) {
  if (items.length === 0) return null;
  return (
    <ul class="needs">
      {items.map((item) => {
        const help = helpFor(item);
        return (
          <li>
            <span>
              <strong>{item.sentence}</strong> {item.since === null ? null : <Age at={item.since} clock={clock} />}
            </span>
            {help === undefined ? null : (
              <a class="button quiet" href={help.path}>
                {help.name}
              </a>
            )}
            <span class="next">{item.next}</span>
          </li>
        );
      })}
    </ul>
  );
}
