import * as z from "zod";

/** What somebody may do; each may all that those before may. */
export const roles = ["viewer", "supervisor", "operator", "admin"] as const;
export type Role = (typeof roles)[number];

/** Who is meant: an e-mail address, `@` and a domain, or `group:` and a name. */
const WHOM = /^(?:[^@\s]+@[^@\s]+|@[^@\s]+|group:\S(?:.*\S)?)$/;

/** Who may do what of those whom Cloudflare Access has signed in. */
export const access = z
  .record(
    z.string().regex(WHOM, "an e-mail address, @ and a domain, or group: and its name"),
    z.enum(roles).meta({ title: "Role", description: "What somebody may do; each may all that those before may." }),
  )
  .meta({ examples: [{ "ada@example.com": "admin", "group:supervisors": "supervisor", "@example.com": "viewer" }] });
