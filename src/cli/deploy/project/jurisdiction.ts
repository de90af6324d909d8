import * as z from "zod";

/** Where data stays (developers.cloudflare.com/d1/configuration/data-location). */
export const jurisdictionName = z.enum(["eu", "fedramp"]);
export type Jurisdiction = z.infer<typeof jurisdictionName>;
