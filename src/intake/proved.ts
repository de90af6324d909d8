import type { Source } from "../config/load.ts";
import type { Decoded } from "./body/decode.ts";
import type { Incoming } from "./body/incoming.ts";

/** A request whose key was proved: only of such a one is anything judged. */
export interface Proved {
  readonly source: Source;
  /** Name of the reference whose key it was. */
  readonly key: string;
  /** The kind in the URL. */
  readonly kind: string | undefined;
  readonly incoming: Incoming;
  readonly decoded: Decoded;
  /** Values that must not be stored. */
  readonly secrets: ReadonlySet<string>;
}
