import type { Source } from "../config/load-relay.ts";
import type { Decoded } from "./body/decode.ts";
import type { Incoming } from "./body/incoming.ts";
import type { LiveKeys } from "./scrub/live-keys.ts";

/** A request whose key was proved: only of such a one is anything judged. */
export interface Proved {
  readonly source: Source;
  /** Name of the reference whose key it was. */
  readonly key: string;
  /** It was signed, under this message id if the scheme has one. */
  readonly signed?: { readonly id?: string | undefined } | undefined;
  /** The kind in the URL. */
  readonly kind: string | undefined;
  readonly incoming: Incoming;
  readonly decoded: Decoded;
  /** The origin that was called, while nobody said where the Worker is reached. */
  readonly origin: string | undefined;
  readonly traceparent: string | undefined;
  /** What must not be stored. */
  readonly liveKeys: LiveKeys;
}
