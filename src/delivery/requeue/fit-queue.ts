import { MAX_QUEUED_BYTES, type WebhookMessage } from "../../intake/message.ts";

/** Below this a message has room for the answers of receivers, too. */
const MAX_WITH_ANSWERS_BYTES = 100_000;

/**
 * A message with the results of first attempts, as small as it has to be: first the answers of receivers are left out,
 * then what else is told of the attempts. Undefined when it is too large all the same.
 */
export function fitQueue(message: WebhookMessage): WebhookMessage | undefined {
  if (bytesOf(message) <= MAX_WITH_ANSWERS_BYTES) return message;
  const answerless = withResults(message, ({ answer: _, ...result }) => result);
  if (bytesOf(answerless) <= MAX_QUEUED_BYTES) return answerless;
  const bare = withResults(message, ({ state, attempt, next, at }) => ({ state, attempt, next, at, ms: 0 }));
  return bytesOf(bare) <= MAX_QUEUED_BYTES ? bare : undefined;
}

type Results = NonNullable<WebhookMessage["results"]>;

function withResults(message: WebhookMessage, change: (result: Results[string]) => Results[string]): WebhookMessage {
  const results = Object.entries(message.results ?? {}).map(([destination, result]) => [destination, change(result)]);
  return message.results === undefined ? message : { ...message, results: Object.fromEntries(results) };
}

/** Bytes on the wire. */
export function bytesOf(body: unknown): number {
  return new TextEncoder().encode(JSON.stringify(body)).byteLength;
}
