import type { SecureHeadersVariables } from "hono/secure-headers";
import type { Caller } from "../../api/people/role.ts";

/** What the dashboard's routes find in their context: who came, and the nonce of their page. */
export type DashboardEnv = { Bindings: Env; Variables: SecureHeadersVariables & { caller: Caller } };
