import { type Clock, span, wallTime } from "../page/clock.ts";

interface Props {
  /** RFC 3339. */
  readonly at: string | null | undefined;
  readonly clock: Clock;
}

/** A time on the wall of whoever looks, in UTC when it is pointed at. */
export function Moment({ at, clock }: Props) {
  if (at === null || at === undefined) return <span class="none">–</span>;
  return (
    <time datetime={at} title={inUtc(at)}>
      {wallTime(Date.parse(at), clock)}
    </time>
  );
}

/** How long ago something was, or how far ahead it is; the time itself when it is pointed at. */
export function Age({ at, clock }: Props) {
  if (at === null || at === undefined) return <span class="none">–</span>;
  const ms = clock.now - Date.parse(at);
  return (
    <time datetime={at} title={inUtc(at)} data-age="">
      {ms < 0 ? `in ${span(-ms)}` : `${span(ms)} ago`}
    </time>
  );
}

function inUtc(at: string): string {
  return `${at.slice(0, 19).replace("T", " ")} UTC`;
}
