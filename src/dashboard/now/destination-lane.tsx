import { type Clock, span } from "../page/clock.ts";
import { pagePath } from "../parts/address.ts";
import { DeadLettersLink } from "../parts/dead-letters-link.tsx";
import { Age } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { Rate } from "./rate-of.tsx";
import type { DestinationStatus } from "./told.ts";

interface Props {
  readonly destination: DestinationStatus;
  /** From when on it was counted, RFC 3339. */
  readonly since: string | null;
  readonly clock: Clock;
}

/** One destination: how much goes to it, what waits, what is wrong. */
export function DestinationLane({ destination, since, clock }: Props) {
  const { id, waiting, dead, lately, paused, breaker } = destination;
  const isOpen = breaker !== null && breaker.state !== "closed";
  const tone = isOpen ? "bad" : paused !== null ? "held" : lately.delivered === 0 ? "idle" : "flows";
  return (
    <li class={`lane to ${tone}`}>
      <span class="lane-name">
        <a href={pagePath("destinations", id)}>{id}</a>
      </span>
      <Rate number={lately.delivered} since={since} clock={clock} />
      <span class="lane-facts">
        {paused === null ? null : <State of="paused" word={pauseText(paused, clock)} />}
        {isOpen ? <State of={breaker.state} tone="bad" word={breakerText(breaker, clock)} /> : null}
        {waiting.deliveries === 0 ? (
          <span>nothing waits</span>
        ) : (
          <span>
            {waiting.deliveries} waiting
            {waiting.oldest === null ? null : (
              <>
                , oldest <Age at={waiting.oldest} clock={clock} />
              </>
            )}
          </span>
        )}
        <DeadLettersLink id={id} dead={dead} />
      </span>
    </li>
  );
}

function pauseText({ reason, since, who }: NonNullable<DestinationStatus["paused"]>, { now }: Clock): string {
  const by = who === undefined ? (reason === "operator" ? "" : ` (${reason.replaceAll("_", " ")})`) : ` by ${who}`;
  return `paused${by}${since === null ? "" : ` for ${span(now - Date.parse(since))}`}`;
}

function breakerText({ state, nextProbe }: NonNullable<DestinationStatus["breaker"]>, { now }: Clock): string {
  const name = state === "open" ? "breaker open" : "breaker half open";
  if (nextProbe === null) return name;
  const ms = Date.parse(nextProbe) - now;
  return `${name}, next probe ${ms <= 0 ? "now" : `in ${span(ms)}`}`;
}
