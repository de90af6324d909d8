import { type Clock, wallTime } from "../page/clock.ts";
import { perMinute } from "./rate.ts";

interface Props {
  readonly number: number;
  /** From when on they were counted, RFC 3339. */
  readonly since: string | null;
  readonly clock: Clock;
}

/** How many a minute, and of how many since when. */
export function Rate({ number, since, clock }: Props) {
  const from = since === null ? "" : ` since ${wallTime(Date.parse(since), clock).replace(/:\d\d$/, "")}`;
  return (
    <span class="rate" title={`${number}${from}`}>
      <strong>{perMinute(number, since, clock.now)}</strong> <span class="note">a minute</span>
    </span>
  );
}
