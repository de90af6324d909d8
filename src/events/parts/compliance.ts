import type * as z from "zod";
import { complianceRule } from "../classes.ts";
import { instant, part, word } from "./scalar.ts";

/** Why a contact was stopped by law or by a cap. */
export const compliance = part({ rule: complianceRule, reason: word, reasonLabel: word, retryAt: instant });

export type Compliance = z.infer<typeof compliance>;
