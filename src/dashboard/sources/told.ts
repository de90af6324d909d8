import type * as z from "zod";
import type { listSources, readSource } from "../../api/sources/read.ts";

export type Listed = z.output<typeof listSources.gives>["items"][number];
export type Source = z.output<typeof readSource.gives>;
