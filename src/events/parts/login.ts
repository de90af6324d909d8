import * as z from "zod";
import { part, seconds, text } from "./scalar.ts";

/** One answer of the login guard. */
export const login = part({
  granted: z.boolean(),
  /** Project id -> may the agent work there. */
  projects: z.record(z.string(), z.boolean()),
  /** Project id -> what decided, e.g. `groups.3 allow`, `users.41 deny`, `none`. */
  rules: z.record(z.string(), text),
  /** Hash of the permission document in force. */
  mapVersion: text,
  mapAgeSeconds: seconds,
});

export type Login = z.infer<typeof login>;
