/** Messages that a queue takes at once (Cloudflare Queues, limits). */
export const MAX_QUEUE_MESSAGES = 100;
/** Bytes that a queue takes at once: 256 KB, with what the platform adds to each message. */
export const MAX_QUEUE_BYTES = 240_000;
