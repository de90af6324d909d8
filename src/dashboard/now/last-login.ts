import type * as z from "zod";
import { listLogins } from "../../api/logins.ts";
import { Refusal } from "../../api/operation.ts";
import { isAtLeast } from "../../api/people/role.ts";
import { withTimeLimit } from "../../platform/time-limit.ts";
import type { Visit } from "../page/visit.ts";

const LIMIT_MS = 2000;

/** The newest decision of the login guard. */
export type LastLogin = z.output<typeof listLogins.gives>["items"][number];

/** Reads it, for those who may see it; undefined where there is none. */
export async function readLastLogin({ ask, caller }: Visit): Promise<LastLogin | undefined> {
  if (!isAtLeast(caller, listLogins.who)) return undefined;
  const read = await withTimeLimit(ask(listLogins, { query: { limit: 1 } }), LIMIT_MS);
  return read.ok && !(read.value instanceof Refusal) ? read.value.items[0] : undefined;
}
