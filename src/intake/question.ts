import { isAboutSomebody } from "../login/decide.ts";
import { type DecodedBody, readSent } from "../login/read-sent.ts";
import type { Question, Vendor } from "../vendors/vendor.ts";

/** A login question as asked; `byShape`: its body says that it is one, no known kind in the URL does. */
export interface Asked {
  readonly state: "asked";
  readonly question: Question;
  readonly byShape: boolean;
}

/** Reads a login question where the URL says it is one, and where it has that shape and the URL says nothing known. */
export function readQuestion(
  vendor: Vendor,
  kind: string | undefined,
  decoded: DecodedBody,
): Asked | { readonly state: "no_question" | "invalid_question" } {
  const byKind = kind !== undefined && kind === vendor.questionKind;
  const isKnown = kind !== undefined && vendor.kinds.includes(kind);
  if (!byKind && (isKnown || vendor.asks?.(decoded.body) !== true)) return { state: "no_question" };
  const question = vendor.question?.(decoded.body, readSent(decoded));
  if (question !== undefined && isComplete(question)) return { state: "asked", question, byShape: !byKind };
  return { state: byKind ? "invalid_question" : "no_question" };
}

function isComplete(question: Question): boolean {
  return question.projects.length > 0 && isAboutSomebody(question);
}
