import type { Author } from "../../config/documents/edit.ts";
import type { Deed } from "../../log/audit/entry.ts";
import type { Caller } from "./role.ts";

/** Who writes a document, as the audit tells of it. `what`: the part of it that is meant. */
export function authorOf({ name, role }: Caller, action: string, what?: string): Author {
  return { who: name, role, action, what };
}

/** What a caller does, as the audit tells of it. */
export function deedOf(
  { name, role }: Caller,
  action: string,
  what: string,
  more: Pick<Deed, "before" | "after" | "reason"> = {},
): Deed {
  return { who: name, role, action, what, ...more };
}
