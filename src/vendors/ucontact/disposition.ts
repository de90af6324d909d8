import * as z from "zod";
import { dispositionOutcome } from "../../events/classes.ts";
import type { Disposition } from "../../events/parts/work.ts";
import { readFlag, readText, readTexts } from "../../events/values/read.ts";
import { labelOf, type SourceSettings } from "../source-settings.ts";
import { anything, text } from "../values/fields.ts";

/**
 * The manual's cells for this event are empty. These are the names of the vendor's disposition call: `l1`, `l2`, `l3`
 * are the levels of the disposition tree, which may be deeper.
 */
export const dispositionBody = z.object({
  disposition: anything,
  l1: text,
  l2: text,
  l3: text,
  l4: text,
  l5: text,
  d1: text,
  d2: text,
  comment: text,
  schedule: text,
  camptoreschedule: text,
  tag: text,
});

type DispositionBody = z.infer<typeof dispositionBody>;

/** The levels of the disposition tree that were chosen, and the word that counts: the deepest, unless the body names one. */
export function readLevels(body: DispositionBody): { levels: readonly string[]; word: string | undefined } {
  const numbered = [body.l1, body.l2, body.l3, body.l4, body.l5].flatMap((level) => level ?? []);
  const named = readText(body.disposition);
  const levels = numbered.length > 0 || named !== undefined ? numbered : readTexts(body.disposition);
  return { levels, word: named ?? levels.at(-1) };
}

/** How an agent categorised an interaction. */
export function readDisposition(body: DispositionBody, source: SourceSettings): Disposition {
  const { levels, word } = readLevels(body);
  const given = labelOf(source, "disposition", word);
  return {
    label: given?.label ?? word,
    outcome: dispositionOutcome.safeParse(given?.outcome).data,
    comment: body.comment,
    callback: body.schedule === undefined ? undefined : (readFlag(body.schedule) ?? true),
    levels: levels.length > 0 ? [...levels] : undefined,
  };
}
