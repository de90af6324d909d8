import type * as z from "zod";
import { complianceRule } from "../classes.ts";
import { instant, part, text } from "./scalar.ts";

/** Why a contact was stopped by law or by a cap. */
export const compliance = part({ rule: complianceRule, reason: text, reasonLabel: text, retryAt: instant });

export type Compliance = z.infer<typeof compliance>;
