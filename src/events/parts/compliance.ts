import type * as z from "zod";
import { complianceRule } from "../classes.ts";
import { instant, part, word } from "./scalar.ts";

/** Why a contact was stopped by law or by a cap. */
export const compliance = part({
  rule: complianceRule,
  reason: word.describe("The reason's code, as the vendor sent it."),
  reasonLabel: word.describe("What that code means."),
  retryAt: instant.describe("When the contact may be tried again."),
}).meta({ title: "Compliance", description: "Why a contact was stopped by law or by a cap." });

export type Compliance = z.infer<typeof compliance>;
