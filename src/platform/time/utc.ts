/**
 * What a calendar and a clock of UTC say, for the usual times: Temporal reads and prints them alike and takes twenty
 * times as long.
 */

/**
 * The moment of `YYYY-MM-DDThh:mm:ss` in UTC, milliseconds since the epoch. Undefined for what no calendar has, and for
 * a leap second.
 */
export function readUtc(clock: string): number | undefined {
  const at = Date.parse(`${clock}Z`);
  // Dates that do not exist count on into the next month: they print otherwise.
  return Number.isNaN(at) || !new Date(at).toISOString().startsWith(clock) ? undefined : at;
}

/**
 * RFC 3339 in UTC. A fraction loses the zeros at its end, and is left out where nothing is left.
 * @param fraction the digits of a fraction of the second, where they are more than milliseconds
 * @throws RangeError for a moment beyond the years that a Date knows
 */
export function printUtc(milliseconds: number, fraction?: string): string {
  const iso = new Date(milliseconds).toISOString();
  const digits = withoutLastZeros(fraction ?? iso.slice(-"000Z".length, -1));
  return `${iso.slice(0, -".000Z".length)}${digits === "" ? "" : `.${digits}`}Z`;
}

function withoutLastZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}
