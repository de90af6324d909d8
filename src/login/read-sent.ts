import { findRepeated } from "../config/documents/read-json.ts";
import type { Json } from "../events/json.ts";
import type { Sent } from "../vendors/vendor.ts";

/** A body that was decoded. `text`: of one that was JSON; `dropped`: parameters that were left out of one that was none. */
export interface DecodedBody {
  readonly body: Json;
  readonly text?: string | undefined;
  readonly dropped: number;
}

/** How a body was sent, as far as the body that was read does not show it. */
export function readSent({ body, text, dropped }: DecodedBody): Sent {
  return { dropped, repeated: text === undefined ? [] : findRepeated(text, body) };
}
