import { type Caller, isAtLeast, type Role } from "../../api/people/role.ts";

/** Who may see a page: a role and all above it, receivers alone, or everybody who is signed in. */
export type Admitted = Role | "receiver" | "all";

/** Whether somebody may see what is for these. */
export function isAdmitted(caller: Caller, who: Admitted): boolean {
  if (who === "all") return true;
  return who === "receiver" ? caller.role === "receiver" : isAtLeast(caller, who);
}
