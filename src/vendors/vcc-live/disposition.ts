import * as z from "zod";
import { dispositionOutcome } from "../../events/classes.ts";
import { isObject, type Json, type JsonObject } from "../../events/json.ts";
import type { Disposition } from "../../events/parts/work.ts";
import { readText } from "../../events/values/read.ts";
import type { Instant } from "../../platform/time/instant.ts";
import type { Expected, Labelled } from "../expected.ts";
import { labelOf, type SourceSettings } from "../source-settings.ts";
import { anything, figure, flag, text } from "../values/fields.ts";
import { foldName, readAs } from "./names.ts";
import { assessmentOf, isAssessment } from "./words.ts";

/** The disposition object: the page's spellings, the corrected ones, and likely names for what its reachable part cuts off. */
export const disposition = z.object({
  id: text,
  dispositionId: text,
  name: text,
  label: text,
  title: text,
  type: anything,
  assesment: text,
  assessment: text,
  callback: flag,
  comission_collector: flag,
  commission_collector: flag,
  commission: figure,
  comment_mode: text,
});

/** What is expected of a disposition object. */
export const expectedDisposition: Expected = {
  schema: disposition,
  fold: foldName,
  words: { assesment: isAssessment, assessment: isAssessment },
  labels: labelsOf,
};

/** One without a name of its own says nothing but its id. */
function labelsOf(object: JsonObject): Labelled[] {
  const { id, dispositionId, name, label, title } = readAs(disposition, object);
  return [{ kind: "disposition", ids: [id ?? dispositionId, name ?? label ?? title], own: true }];
}

/** What the call says beside its disposition object. */
export interface Around {
  readonly comment: string | undefined;
  readonly nextCallAt: Instant | undefined;
  readonly closed: boolean | undefined;
}

/** Reads a disposition object, or a bare word in its place. The tenant's own label goes before the vendor's. */
export function dispositionOf(source: SourceSettings, value: Json | undefined, around: Around): Disposition {
  const read = readAs(disposition, isObject(value) ? value : undefined);
  const id = read.id ?? read.dispositionId;
  const name = read.name ?? read.label ?? read.title ?? readWord(value);
  const assessment = read.assesment ?? read.assessment;
  const own = labelOf(source, "disposition", id) ?? labelOf(source, "disposition", name);
  return {
    id,
    label: own?.label ?? name,
    outcome: dispositionOutcome.safeParse(own?.outcome).data ?? assessmentOf(assessment),
    outcomeLabel: assessment,
    comment: around.comment,
    callback: read.callback,
    callbackAt: read.callback === true ? around.nextCallAt : undefined,
    final: around.closed,
  };
}

/** The JSON text of an object, as a form may have it, is no word. */
function readWord(value: Json | undefined): string | undefined {
  const word = readText(value);
  return word?.startsWith("{") ? undefined : word;
}
