import type { HookEvent } from "../../events/envelope.ts";
import { isObject, parseJson } from "../../events/json.ts";
import { deflate, inflate } from "../../platform/deflate.ts";

/** A frozen event as its row has it. What was received stands apart, so that it can go before the event does. */
export interface PackedEvent {
  /** The event without it, deflated. */
  readonly body: Uint8Array;
  /** What was received, deflated; undefined where the event has none. */
  readonly raw: Uint8Array | undefined;
  /** Characters of both. */
  readonly size: number;
}

/** Takes an event apart. */
export async function packEvent(event: HookEvent): Promise<PackedEvent> {
  const { raw, ...data } = event.data;
  const text = JSON.stringify({ ...event, data });
  const received = raw === undefined ? undefined : JSON.stringify(raw);
  return {
    body: await deflate(text),
    raw: received === undefined ? undefined : await deflate(received),
    size: text.length + (received?.length ?? 0),
  };
}

/**
 * Puts it together, member for member as it was: `raw` is the last of its data. Rejects when the bytes are none of ours.
 * @param raw undefined where it is not wanted, or is not there any more
 */
export async function unpackEvent(
  body: Uint8Array<ArrayBuffer>,
  raw: Uint8Array<ArrayBuffer> | undefined,
): Promise<unknown> {
  const event = parseJson(await inflate(body));
  if (raw === undefined || !isObject(event) || !isObject(event.data)) return event;
  return { ...event, data: { ...event.data, raw: parseJson(await inflate(raw)) } };
}
