import * as z from "zod";
import { openText, personText } from "../../platform/shown.ts";

/** One attempt of a delivery, as answers have it. */
export const attempt = z.looseObject({
  n: z.int(),
  at: openText,
  ms: z.number().optional().describe("how long it took"),
  status: z.int().optional(),
  reason: openText.nullable().optional(),
  answer: personText.optional().describe("the first 1 KiB of an answer that is no success"),
});
