/** From this delivery on a message is handled alone: it may be what ended its consumer before. */
const ALONE_FROM = 4;
/** From this one on it is handled without what could be at fault. */
const PLAIN_FROM = 6;
/** From this one on it is not handled any more, but put aside. */
const RESCUE_FROM = 15;

interface Queued {
  readonly queued: Pick<Message, "id" | "attempts">;
}

/** The messages of a batch in the order in which they are handled, each turn to its end before the next begins. */
export interface Turns<T> {
  readonly together: T[];
  readonly alone: T[];
}

/**
 * All usual messages have one turn together, then each large one, then each that may have ended its consumer. Two of
 * these change places from one delivery to the next: what stands behind the guilty one now will stand before it then.
 */
export function inTurns<T extends Queued>(batch: readonly T[], isLarge: (one: T) => boolean): Turns<T> {
  const suspects = batch.filter(isSuspect).sort((one, other) => (one.queued.id < other.queued.id ? -1 : 1));
  const attempts = Math.max(...suspects.map(({ queued }) => queued.attempts));
  const others = batch.filter((one) => !isSuspect(one));
  // What had to wait for its turn before has it first now.
  const large = others.filter(isLarge).sort((one, other) => other.queued.attempts - one.queued.attempts);
  return {
    together: others.filter((one) => !isLarge(one)),
    alone: [...large, ...(attempts % 2 === 0 ? suspects : suspects.toReversed())],
  };
}

/** Whether a message came back so often that it may have ended its consumer. */
export function isSuspect({ queued }: Queued): boolean {
  return queued.attempts >= ALONE_FROM;
}

/** Whether a message came back although it was handled alone. */
export function isGuilty({ queued }: Queued): boolean {
  return queued.attempts >= PLAIN_FROM;
}

/** Whether a message came back so often that its queue would give it up soon. */
export function isLostCause({ queued }: Queued): boolean {
  return queued.attempts >= RESCUE_FROM;
}
