/** From this delivery on a message is handled alone: it may be what ended its consumer before. */
const ALONE_FROM = 4;
/** At this one it is tried: it is handled only if nothing that could end its consumer is handled before it. */
const TRIED_AT = 5;
/** From this one on it is handled without what could be at fault. */
const PLAIN_FROM = 6;
/** From this one on it is not handled any more, but put aside. */
const RESCUE_FROM = 15;

/** A message of a queue, and what it brought, which may have come back as another message before. */
interface Queued {
  readonly queued: Pick<Message, "id" | "attempts">;
  readonly message?: { readonly receipt: string; readonly returned?: number | undefined } | undefined;
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
  const suspects = batch.filter(isSuspect).sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  const deliveries = Math.max(...suspects.map(deliveriesOf));
  const others = batch.filter((one) => !isSuspect(one));
  return {
    together: others.filter((one) => !isLarge(one)),
    alone: [...others.filter(isLarge), ...(deliveries % 2 === 0 ? suspects : suspects.toReversed())],
  };
}

/**
 * Those of a batch that have to be put off before anything of it is handled: of what is tried only one, and that only in
 * a batch of its kind. So no message is found guilty of what another has done, however many of these there are.
 * @param size of the whole batch
 */
export function notYetTried<T extends Queued>(batch: readonly T[], size: number): T[] {
  const tried = batch.filter((one) => deliveriesOf(one) === TRIED_AT);
  return tried.length === size ? tried.slice(1) : tried;
}

/** How often a message was delivered. Nobody can tell whether its consumer ended, so whoever makes it wait sends it anew. */
export function deliveriesOf({ queued, message }: Queued): number {
  return queued.attempts + (message?.returned ?? 0);
}

/** Whether a message came back so often that it may have ended its consumer. */
export function isSuspect(one: Queued): boolean {
  return deliveriesOf(one) >= ALONE_FROM;
}

/** Whether a message came back although nothing else of its batch was handled. */
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
