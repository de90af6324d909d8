import { type Clock, wallTime } from "../page/clock.ts";
import { perMinute } from "./rate.ts";

interface Props {
  readonly number: number;
  /** From when on they were counted, RFC 3339. */
  readonly since: string | null;
  readonly clock: Clock;
}

/** How many came or went since the picture began, and how many a minute that is. */
export function Rate({ number, since, clock }: Props) {
  return (
    <span class="rate">
      <strong>{number}</strong> <span class="note">{perMinute(number, since, clock.now)} a minute</span>
    </span>
  );
}

/** From when on it is counted: `since 14:00`. */
export function Since({ since, clock }: Omit<Props, "number">) {
  if (since === null) return null;
  return <span class="note">since {wallTime(Date.parse(since), clock).replace(/:\d\d$/, "")}</span>;
}
