import * as z from "zod";
import { dispositionOutcome } from "../../events/classes.ts";
import type { Json } from "../../events/json.ts";
import type { Disposition } from "../../events/parts/work.ts";
import { readList, readRecord, readText } from "../../events/values/read.ts";
import { labelOf, type SourceSettings } from "../source-settings.ts";
import { readFields, text } from "../values/fields.ts";

/** `code` is the only member that the documentation shows. */
export const wrapUpSchema = z.object({ code: text, id: text, name: text, label: text, comment: text });

/** The agent's wrap-up code: an object, a list of one, or the bare code. Its meaning is the tenant's own. */
export function readWrapUp(value: Json | undefined, source: SourceSettings): Disposition {
  const bare = readText(value);
  const wrapUp = readFields(wrapUpSchema, readRecord(value) ?? readRecord(readList(value)[0]) ?? { code: bare });
  const code = wrapUp.code ?? wrapUp.id;
  const label = labelOf(source, "disposition", code);
  return {
    id: code,
    label: label?.label ?? wrapUp.name ?? wrapUp.label,
    outcome: dispositionOutcome.safeParse(label?.outcome).data,
    comment: wrapUp.comment,
  };
}
