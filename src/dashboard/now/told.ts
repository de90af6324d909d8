import type * as z from "zod";
import type { status } from "../../api/status/status.ts";

/** What the relay tells of how it stands. */
export type Status = z.output<typeof status.gives>;
