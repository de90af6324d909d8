/** A message is handled alone from this delivery on: it may be what ended its consumer before. */
const ALONE_FROM = 4;
/** Messages of a batch at most, as wrangler.toml has it. */
export const MAX_BATCH = 10;
/** It is handled without what could be at fault from this one on, when each of a batch was the first once. */
const PLAIN_FROM = ALONE_FROM + MAX_BATCH;
/** It is put aside from this one on, before its queue gives it up. */
export const RESCUE_FROM = 18;

/** A message of a queue, and what it brought, which may have come back as another message before. */
interface Queued {
  readonly queued: { readonly id: string; readonly attempts: number };
  readonly message?: { readonly receipt: string; readonly returned?: number | undefined } | undefined;
}

/** The messages of a batch in the order in which they are handled, each turn to its end before the next begins. */
export interface Turns<T> {
  readonly together: T[];
  readonly alone: T[];
}

/**
 * All usual messages have one turn together, then each large one, then each that may have ended its consumer. These begin
 * with another one from one delivery to the next. What is handled before a consumer ends is settled, whatever becomes of
 * its acknowledgement; so in the end only those are left that end it.
 */
export function inTurns<T extends Queued>(batch: readonly T[], isLarge: (one: T) => boolean): Turns<T> {
  const suspects = batch.filter(isSuspect).sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  const first = (Math.max(...suspects.map(deliveriesOf)) - ALONE_FROM) % suspects.length;
  const others = batch.filter((one) => !isSuspect(one));
  return {
    together: others.filter((one) => !isLarge(one)),
    alone: [...others.filter(isLarge), ...suspects.slice(first), ...suspects.slice(0, first)],
  };
}

/** How often a message was delivered. Nobody can tell whether its consumer ended, so whoever makes it wait sends it anew. */
export function deliveriesOf({ queued, message }: Queued): number {
  return queued.attempts + (message?.returned ?? 0);
}

/** Whether a message came back so often that it may have ended its consumer. */
export function isSuspect(one: Queued): boolean {
  return deliveriesOf(one) >= ALONE_FROM;
}

/** Whether a message came back although it was the first of its batch to be handled. */
export function isGuilty(one: Queued): boolean {
  return deliveriesOf(one) >= PLAIN_FROM;
}

/** Whether a message came back so often that its queue would give it up soon. */
export function isLostCause(one: Queued): boolean {
  return deliveriesOf(one) >= RESCUE_FROM;
}

function nameOf({ queued, message }: Queued): string {
  return message?.receipt ?? queued.id;
}
