import { type Role, roles } from "../../config/schema/access.ts";

export { type Role, roles };

/** Whoever calls the API. */
export interface Caller {
  /** How versions, replays, pauses and the audit name them. */
  readonly name: string;
  readonly role: Role | "receiver";
  /** The one that a receiver is bound to. */
  readonly destination?: string | undefined;
  /** What proved them. */
  readonly by: "admin_token" | "token" | "access";
  /** When that ends, milliseconds since the epoch. */
  readonly expires?: number | undefined;
}

/** The holder of `ADMIN_TOKEN`. */
export const administrator: Caller = { name: "admin", role: "admin", by: "admin_token" };

/** Whether a caller may do what needs a role at least. A receiver has none of them. */
export function isAtLeast({ role }: Pick<Caller, "role">, least: Role): boolean {
  return role !== "receiver" && roles.indexOf(role) >= roles.indexOf(least);
}
