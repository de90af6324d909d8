/** What somebody may do; each may all that those before may. */
export const roles = ["viewer", "supervisor", "operator", "admin"] as const;
export type Role = (typeof roles)[number];

/** Whoever calls the API. */
export interface Caller {
  /** How versions, replays, pauses and the audit name them. */
  readonly name: string;
  readonly role: Role | "receiver";
  /** The one that a receiver is bound to. */
  readonly destination?: string | undefined;
}

/** The holder of `ADMIN_TOKEN`. */
export const administrator: Caller = { name: "admin", role: "admin" };

/** Whether a caller may do what needs a role at least. A receiver has none of them. */
export function isAtLeast({ role }: Pick<Caller, "role">, least: Role): boolean {
  return role !== "receiver" && roles.indexOf(role) >= roles.indexOf(least);
}
