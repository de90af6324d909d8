import { findRepeated } from "../config/documents/read-json.ts";
import { type Json, parseExactly } from "../events/json.ts";
import type { Sent } from "../vendors/vendor.ts";

/** A body that was decoded. `text`: of one that was JSON; `dropped`: parameters that were left out of one that was none. */
export interface DecodedBody {
  readonly body: Json;
  readonly text?: string | undefined;
  readonly dropped: number;
}

/** A body as it was sent, to be read more strictly than a webhook's: `41.0` is not `41`, and what stands twice is seen. */
export function readSent({ body, text, dropped }: DecodedBody): { readonly body: Json; readonly sent: Sent } {
  if (text === undefined) return { body, sent: { dropped, repeated: [] } };
  const exact = readExactly(text, body);
  return { body: exact, sent: { dropped, repeated: findRepeated(text, exact) } };
}

/** What is nested too deeply to be read exactly is taken as it was decoded. */
function readExactly(text: string, decoded: Json): Json {
  try {
    return parseExactly(text);
  } catch {
    return decoded;
  }
}
