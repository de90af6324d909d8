import type { Clock } from "../page/clock.ts";
import { DeadLettersLink } from "../parts/dead-letters-link.tsx";
import { Facts } from "../parts/facts.tsx";
import { Shown } from "../parts/form/hidden.tsx";
import { Age, Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { errorRate, type LastDay } from "./last-day.ts";
import { type Destination, pauseWords, stateOf, stateWords } from "./state.ts";

interface Props {
  readonly of: Destination;
  readonly day?: LastDay | undefined;
  readonly clock: Clock;
  /** Where its dead letters are listed; their own page unless given. */
  readonly deadPath?: string | undefined;
}

/** Where a destination is, what it wants, and how it stands. */
export function DestinationFacts({ of, day, clock, deadPath }: Props) {
  const { url, format, events, sources, paused, breaker, waiting, dead } = of;
  return (
    <Facts
      of={[
        ["State", <State of={stateOf(of)} word={stateWords(of)} />],
        [
          "Paused",
          paused === null ? undefined : (
            <>
              <Shown text={pauseWords(paused)} />
              {paused.since === undefined ? null : (
                <>
                  , since <Moment at={paused.since} clock={clock} />
                </>
              )}
            </>
          ),
        ],
        [
          "Breaker",
          breaker === null || breaker.state === "closed" ? undefined : (
            <>
              {breaker.failures} failures in a row
              {breaker.nextProbe === undefined ? null : (
                <>
                  , next probe <Age at={breaker.nextProbe} clock={clock} />
                </>
              )}
            </>
          ),
        ],
        ["URL", <span class="id wrap">{url}</span>],
        ["Waiting", `${waiting.deliveries}${waiting.more ? " or more" : ""}`],
        ["Oldest", waiting.oldest === null ? undefined : <Age at={waiting.oldest} clock={clock} />],
        [
          "Dead letters",
          dead.deliveries === 0 ? undefined : <DeadLettersLink id={of.id} dead={dead} path={deadPath} />,
        ],
        ["Errors, 24 h", day === undefined ? undefined : (errorRate(day) ?? "nothing was sent")],
        ["Events", <span class="id">{events.join(", ")}</span>],
        ["Sources", <span class="id">{sources.join(", ")}</span>],
        ["Format", format],
      ]}
    />
  );
}
