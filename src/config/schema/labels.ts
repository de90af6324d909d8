import * as z from "zod";
import { dispositionOutcome, outcome, status } from "../../events/classes.ts";

/** The classes of each kind of label. A campaign is of none. */
export const labelClasses = {
  disposition: dispositionOutcome.options,
  result: outcome.options,
  status: status.options,
} as const;

/** Names of the tenant's own ids and words; where a class goes with them, as their `outcome`. */
function labelled(classes: readonly string[]) {
  const word = z.string().meta({ examples: [...classes] });
  return z.record(z.string(), z.strictObject({ label: z.string().optional(), outcome: word.optional() }));
}

/** What the tenant's own ids and words mean. */
export const labels = z.strictObject({
  disposition: labelled(labelClasses.disposition).optional(),
  result: labelled(labelClasses.result).optional(),
  status: labelled(labelClasses.status).optional(),
  campaign: z.record(z.string(), z.strictObject({ label: z.string().optional() })).optional(),
});
