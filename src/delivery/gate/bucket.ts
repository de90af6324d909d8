/**
 * A bucket of tokens, one for each delivery that may be sent; it fills at the destination's rate and holds a second's
 * worth. Deliveries that found it empty were told when to come again: `bookedUntil` is when the last of them will.
 * Times are milliseconds since the epoch.
 */
export interface Bucket {
  readonly tokens: number;
  readonly filledAt: number;
  readonly bookedUntil: number;
}

/** How many may be sent now, and when the others are to come again: at `retryAt`, each `spacingMs` after the one before. */
export interface Drawn {
  readonly bucket: Bucket | undefined;
  readonly granted: number;
  readonly retryAt: number;
  readonly spacingMs: number;
}

/**
 * Draws tokens. Deliveries that come for the first time stand behind those that were told to come again.
 * @param perSecond the destination's rate
 */
export function draw(
  bucket: Bucket | undefined,
  perSecond: number,
  wanted: number,
  first: boolean,
  now: number,
): Drawn {
  const capacity = Math.max(1, perSecond);
  const spacingMs = 1000 / perSecond;
  const { tokens, filledAt, bookedUntil } = bucket ?? { tokens: capacity, filledAt: now, bookedUntil: now };
  const filled = Math.min(capacity, tokens + Math.max(0, now - filledAt) / spacingMs);
  const granted = first && bookedUntil > now ? 0 : Math.min(wanted, Math.floor(filled));
  const left = filled - granted;
  const retryAt = Math.max(now + Math.max(0, 1 - left) * spacingMs, bookedUntil);
  const booked = (wanted - granted) * spacingMs;
  return {
    bucket: { tokens: left, filledAt: now, bookedUntil: booked === 0 ? bookedUntil : retryAt + booked },
    granted,
    retryAt,
    spacingMs,
  };
}
