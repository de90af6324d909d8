import * as z from "zod";
import { dispositionOutcome, outcome, status } from "../../events/classes.ts";

/** The classes of each kind of label. A campaign is of none. */
export const labelClasses = {
  disposition: dispositionOutcome.options,
  result: outcome.options,
  status: status.options,
} as const;

const label = z.string().describe("what it is called");

/** Names of the tenant's own ids and words; where a class goes with them, as their `outcome`. */
function labelled(classes: readonly string[]) {
  const word = z.string().meta({ description: "the class that it belongs to", examples: [...classes] });
  return z.record(z.string(), z.strictObject({ label: label.optional(), outcome: word.optional() }));
}

/** What the tenant's own ids and words mean. */
export const labels = z
  .strictObject({
    disposition: labelled(labelClasses.disposition).optional().describe("by the disposition's id"),
    result: labelled(labelClasses.result).optional().describe("by the result's id"),
    status: labelled(labelClasses.status).optional().describe("by the status's id or word"),
    campaign: z
      .record(z.string(), z.strictObject({ label: label.optional() }))
      .optional()
      .describe("by the campaign's id or word"),
  })
  .meta({ title: "Labels" });
