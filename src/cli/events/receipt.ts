import * as z from "zod";
import { nextLine } from "./refused-request.ts";

/** What became of a receipt, as the API has it. */
export const toldReceipt = z.object({
  receipt: z.string(),
  state: z.string(),
  event: z.string().optional(),
  sentence: z.string(),
  next: z.string(),
});

/** What became of a receipt in sentences; where that is an event, its story follows. */
export function tellReceipt({ receipt, event, sentence, next }: z.infer<typeof toldReceipt>): string[] {
  return [receipt, `  ${sentence}`, ...(event === undefined ? [nextLine(next)] : [])];
}
