/** Drawn at once. */
const POOL_BYTES = 2048;
const BYTE_VALUES = 256;

const pool = new Uint8Array(POOL_BYTES);
let taken = POOL_BYTES;

/**
 * A random number from 0 to below 1 in steps of 1/256, as ulid takes it: it makes one letter of 32 of each. The bytes are
 * drawn by the thousand, for a call of the platform costs more than what it gives.
 */
export function random(): number {
  if (taken === POOL_BYTES) {
    crypto.getRandomValues(pool);
    taken = 0;
  }
  return (pool[taken++] ?? 0) / BYTE_VALUES;
}
