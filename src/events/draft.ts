import type { Instant } from "../platform/time/instant.ts";
import type { EventParts, EventType } from "./types.ts";

/** Remarks that an event carries in `data.warnings`, each a fact about how it was read. */
export type Warning =
  | "kind_mismatch"
  | "entity_mismatch"
  | "unknown_kind"
  | "no_known_field"
  | "empty_body"
  | "not_an_object"
  | "flag_unreadable"
  | "time_unreadable"
  | "time_rebuilt"
  | "timezone_assumed"
  | "invalid_text_encoding"
  | "nesting_pruned"
  | "parameters_dropped"
  | "question_unreadable"
  | "too_large_to_read"
  | "normalizer_failed"
  | "normalizer_skipped";

/** What a normalizer makes of one webhook: all of the event but what the relay itself knows. */
export interface DraftOf<T extends EventType> {
  readonly type: T;
  /** The vendor's own event name, or the kind in the URL. */
  readonly vendorEvent: string;
  readonly subject?: string | undefined;
  readonly callId?: string | undefined;
  /** When it happened; left out when the vendor does not tell. `derived` = rebuilt. */
  readonly time?: { readonly at: Instant; readonly from: "vendor" | "derived" } | undefined;
  readonly data: EventParts<T>;
  readonly warnings: readonly Warning[];
  /** The kind as resolved, whether the URL named it or the body, however it was spelled; `""` when nothing did. */
  readonly kind: string;
  /** How long the same kind and body are the same event; milliseconds. */
  readonly windowMs: number;
}

export type Draft = { [T in EventType]: DraftOf<T> }[EventType];

/** A draft before its kind and its window are told. */
export type BareDraft = { [T in EventType]: Omit<DraftOf<T>, "kind" | "windowMs"> }[EventType];

/** What a kind makes of a webhook, before the draft has a name, too. */
export type KindDraft = { [T in EventType]: Omit<DraftOf<T>, "kind" | "vendorEvent" | "windowMs"> }[EventType];
