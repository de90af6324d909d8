const MINUTE_MS = 60_000;

/** How many a minute: `0`, `< 0.1`, `0.4`, `3.2`, `41`. `since`: from when on they were counted, RFC 3339. */
export function perMinute(number: number, since: string | null, now: number): string {
  const minutes = Math.max(1, (now - (since === null ? now : Date.parse(since))) / MINUTE_MS);
  const rate = number / minutes;
  if (number === 0) return "0";
  if (rate < 0.1) return "< 0.1";
  return rate < 9.95 ? rate.toFixed(1) : String(Math.round(rate));
}

/** A part of a whole: `0 %`, `< 1 %`, `25 %`. */
export function percent(part: number, whole: number): string {
  if (part === 0 || whole === 0) return "0 %";
  const hundredths = (100 * part) / whole;
  return hundredths < 1 ? "< 1 %" : `${Math.round(hundredths)} %`;
}
