import * as z from "zod";
import { openText, userName } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import { Reply } from "../operation.ts";
import { etagOf } from "./etag.ts";

/** What KV usually needs to show a write everywhere, and the age at which a copy is read anew. */
const USUAL_PROPAGATION_MS = 60_000;
const OLDEST_COPY_MS = 30_000;

export const remark = z.object({
  path: userName.describe("where it stands: sources.acme.keys.0"),
  code: openText.optional(),
  message: userName.describe("what it is, in words"),
  near: userName.optional().describe("what may have been meant"),
});

/** A remark about a document that was written: it is valid, but may not be what was meant. */
export type Remark = z.infer<typeof remark>;

/** When a change is in force. */
export const inForce = z.object({
  everywhere: openText,
  usuallyBy: z.iso.datetime(),
});

/** The answer to a change. */
export const writtenAnswer = z.object({
  version: openText.describe("of the document as it is now: its ETag without the quotes"),
  inForce,
  warnings: z.array(remark),
});

/** Tells the new version, when it will be in force everywhere, and what is remarkable about it. */
export function answerWritten(version: string, warnings: readonly Remark[], now: number): Reply {
  return new Reply({ version, inForce: tellInForce(now), warnings }, { etag: etagOf(version) });
}

/** When what was written now is in force. */
export function tellInForce(now: number): z.input<typeof inForce> {
  return {
    everywhere: "after KV's own propagation, usually up to 60 s, plus 30 s",
    usuallyBy: toInstant(now + USUAL_PROPAGATION_MS + OLDEST_COPY_MS),
  };
}
