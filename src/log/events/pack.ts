import type { HookEvent } from "../../events/envelope.ts";
import { isObject, parseJson } from "../../events/json.ts";
import { deflate, inflate } from "../../platform/deflate.ts";
import { MAX_BYTES_OF_A_UNIT } from "../../platform/text/fits-in.ts";

/** A text as a column gets it: as it is, or deflated; the type of the value tells which. */
export type PackedText = string | Uint8Array;
/** The same as D1 gives it back. */
export type StoredText = string | readonly number[] | Uint8Array;

/** A frozen event as its row has it. What was received stands apart, so that it can go before the event does. */
export interface PackedEvent {
  /** The event without it. */
  readonly body: PackedText;
  /** What was received; undefined where the event has none. */
  readonly raw: PackedText | undefined;
  /** Characters of both. */
  readonly size: number;
}

/** Deflating a shorter text takes as long as that of a longer one, and hardly shortens it; characters. */
const MAX_PLAIN_CHARACTERS = 512;

/** Takes an event apart. */
export async function packEvent(event: HookEvent): Promise<PackedEvent> {
  const { raw, ...data } = event.data;
  const text = JSON.stringify({ ...event, data });
  const received = raw === undefined ? undefined : JSON.stringify(raw);
  return {
    body: await packText(text),
    raw: received === undefined ? undefined : await packText(received),
    size: text.length + (received?.length ?? 0),
  };
}

/**
 * Puts it together, member for member as it was: `raw` is the last of its data. Rejects when the values are none of ours.
 * @param raw undefined where it is not wanted, or is not there any more
 */
export async function unpackEvent(body: StoredText, raw: StoredText | undefined): Promise<unknown> {
  const event = parseJson(await unpackText(body));
  if (raw === undefined || !isObject(event) || !isObject(event.data)) return event;
  return { ...event, data: { ...event.data, raw: parseJson(await unpackText(raw)) } };
}

async function packText(text: string): Promise<PackedText> {
  return text.length <= MAX_PLAIN_CHARACTERS ? text : deflate(text);
}

/** How many bytes a packed text has in its row, at most. */
export function packedBytes(packed: PackedText | undefined): number {
  if (typeof packed === "string") return packed.length * MAX_BYTES_OF_A_UNIT;
  return packed?.byteLength ?? 0;
}

/** The text that was packed. Rejects when the bytes are none of ours. */
export async function unpackText(stored: StoredText): Promise<string> {
  return typeof stored === "string" ? stored : inflate(Uint8Array.from(stored));
}
