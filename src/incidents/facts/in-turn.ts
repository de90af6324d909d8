const MINUTE_MS = 60_000;

/** Some of many: another part of them each minute, so that each has its turn. @param now milliseconds since the epoch */
export function inTurn<T>(all: readonly T[], most: number, now: number): readonly T[] {
  const turns = Math.max(1, Math.ceil(all.length / most));
  const first = (Math.floor(now / MINUTE_MS) % turns) * most;
  return all.slice(first, first + most);
}
