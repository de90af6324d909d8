import type * as z from "zod";
import type { listLogins } from "../../api/logins.ts";
import type { explainPermissions } from "../../api/permissions/explain/explain.ts";
import type { listMaps } from "../../api/permissions/list.ts";
import type { permissionsStatus } from "../../api/permissions/status.ts";

/** Why a login was granted or refused. */
export type Explanation = z.output<typeof explainPermissions.gives>;
/** What became of one project. */
export type ExplainedProject = Explanation["projects"][number];
/** A decision of the guard. */
export type Login = z.output<typeof listLogins.gives>["items"][number];
/** A source that asks who may log in. */
export type AskingSource = z.output<typeof listMaps.gives>["items"][number];
/** How far a guard that only watches would have answered as was answered. */
export type AgreementTold = NonNullable<z.output<typeof permissionsStatus.gives>["agreement"]>;
