import * as z from "zod";
import { dispositionOutcome, outcome, status } from "../events/classes.ts";

/** Names of the tenant's own ids and words; where a class goes with them, as their `outcome`. */
function labelled<Class extends z.ZodType>(classes: Class) {
  return z.record(z.string(), z.strictObject({ label: z.string().optional(), outcome: classes.optional() }));
}

/** What the tenant's own ids and words mean. A campaign is of no class. */
export const labels = z.strictObject({
  disposition: labelled(dispositionOutcome).optional(),
  result: labelled(outcome).optional(),
  status: labelled(status).optional(),
  campaign: z.record(z.string(), z.strictObject({ label: z.string().optional() })).optional(),
});
