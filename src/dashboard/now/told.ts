import type * as z from "zod";
import type { stats } from "../../api/stats.ts";
import type { status } from "../../api/status/status.ts";

/** What the relay tells of how it stands. */
export type Status = z.output<typeof status.gives>;
export type SourceStatus = Status["sources"][number];
export type DestinationStatus = Status["destinations"][number];

/** What it tells of the last 24 hours. */
export type Series = z.output<typeof stats.gives>;
