import type * as z from "zod";
import type { checkMap } from "../../api/permissions/check.ts";
import type { dryRun } from "../../api/permissions/dry-run.ts";
import type { listMaps } from "../../api/permissions/list.ts";
import type { readGrants } from "../../api/permissions/list-grants.ts";
import type { readMatrix } from "../../api/permissions/matrix.ts";
import type { permissionsStatus } from "../../api/permissions/status.ts";

/** A source that asks who may log in. */
export type AskingSource = z.output<typeof listMaps.gives>["items"][number];
export type Matrix = z.output<typeof readMatrix.gives>;
export type Cell = Matrix["rows"][number]["cells"][number];
export type Grant = z.output<typeof readGrants.gives>["items"][number];
export type MapStatus = z.output<typeof permissionsStatus.gives>;
/** What is wrong with a text, remarkable about it, and different from the map in force. */
export type Checked = z.output<typeof checkMap.gives>;
export type DryRun = z.output<typeof dryRun.gives>;
