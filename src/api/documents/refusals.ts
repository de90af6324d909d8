import type { EditOutcome } from "../../config/documents/edit.ts";
import { faultText } from "../../config/documents/fault-text.ts";
import type { Fault } from "../../config/documents/parse.ts";
import { Refusal } from "../operation.ts";

const MAX_FAULTS = 5;

/** A document that does not validate: each fault with its path, in `faults`; the first ones in words. */
export function refuseInvalid(faults: readonly Fault[]): Refusal<"invalid_request"> {
  const words = faults.slice(0, MAX_FAULTS).map(faultText);
  const more = faults.length > MAX_FAULTS ? `; and ${faults.length - MAX_FAULTS} more` : "";
  return new Refusal("invalid_request", `${words.join("; ")}${more}`, { faults });
}

/** Why a document may not be written. */
export type WriteRefusal = "precondition_failed" | "body_too_large" | "not_stored" | "invalid_request";

/** What to say when a document was not written. */
export function refuseOutcome(state: Exclude<EditOutcome["state"], "written">): Refusal<WriteRefusal> {
  if (state === "lost") return lostRace;
  return state === "too_large"
    ? new Refusal("body_too_large", "The document is too large for the log, which keeps its versions.")
    : new Refusal("not_stored", "KV does not take the document at the moment; nothing was changed.");
}

export const lostRace = new Refusal(
  "precondition_failed",
  "The document is not the one that If-Match names; read it again and repeat your change.",
);
