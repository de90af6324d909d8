import type { Reply } from "../vendors/asked-kind.ts";
import type { ResponderDocument } from "./schema/responders.ts";

/** What the configuration has in place of an answer, as an answer: a text as plain text, all else as JSON. */
export function toReply(otherwise: NonNullable<ResponderDocument["otherwise"]>): Reply {
  const [type, text] =
    typeof otherwise === "string"
      ? ["text/plain; charset=utf-8", otherwise]
      : ["application/json", JSON.stringify(otherwise)];
  return { type, bytes: new TextEncoder().encode(text) };
}
