const FIRST_WAIT_SECONDS = 10;
const MAX_WAIT_SECONDS = 15 * 60;
/** What waited for the same reason comes back spread over this part of its wait. */
const SPREAD = 0.25;

/**
 * How long something waits until it is tried again, in seconds: ten at first, then twice as long each time, a quarter of
 * an hour at most, and never together with all that failed at the same moment.
 * @param times how often it has waited
 * @param random 0 to 1
 */
export function waitSeconds(times: number, random: number = Math.random()): number {
  const wait = Math.min(FIRST_WAIT_SECONDS * 2 ** times, MAX_WAIT_SECONDS);
  return Math.round(Math.min(wait * (1 + SPREAD * random), MAX_WAIT_SECONDS * (1 - SPREAD * random)));
}
