const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/** A number of things: `1 delivery`, `2 deliveries`, `1000 or more deliveries`. */
export function many(number: number, one: string, several: string, more = false): string {
  return `${number}${more ? " or more" : ""} ${number === 1 && !more ? one : several}`;
}

/** How long something takes or took: `43 minutes`, `5 hours`, `3 days`. Milliseconds. */
export function howLong(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE_MS));
  if (minutes < 1) return "less than a minute";
  if (minutes < 2 * HOUR_MINUTES) return many(minutes, "minute", "minutes");
  if (minutes < 2 * DAY_MINUTES) return `${Math.round(minutes / HOUR_MINUTES)} hours`;
  return `${Math.round(minutes / DAY_MINUTES)} days`;
}
