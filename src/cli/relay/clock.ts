/** How moments are told: in one zone, without the day where that is today's. */
export interface Clock {
  /** IANA. */
  readonly zone: string;
  /** A moment, RFC 3339, as the clock shows it. */
  readonly show: (moment: string) => string;
}

/**
 * A clock of a zone, or of this machine's.
 * @param now milliseconds since the epoch
 */
export function clockIn(asked: string | undefined, now: number): Clock {
  const zone = asked ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  // Sweden writes the year first, and then as everybody reads it.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  const today = format.format(now).slice(0, "2026-11-20".length);
  return {
    zone,
    show: (moment) => {
      const shown = format.format(Date.parse(moment));
      return shown.startsWith(today) ? shown.slice(today.length + 1) : shown;
    },
  };
}
