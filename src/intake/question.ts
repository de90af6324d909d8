import type { Json } from "../events/json.ts";
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
  body: Json,
): Asked | { readonly state: "no_question" | "invalid_question" } {
  const byKind = kind !== undefined && kind === vendor.questionKind;
  const isKnown = kind !== undefined && vendor.kinds.includes(kind);
  if (!byKind && (isKnown || vendor.asks?.(body) !== true)) return { state: "no_question" };
  const question = vendor.question?.(body);
  if (question !== undefined && isComplete(question)) return { state: "asked", question, byShape: !byKind };
  return { state: byKind ? "invalid_question" : "no_question" };
}

function isComplete({ projects, userId, username }: Question): boolean {
  return projects.length > 0 && (userId !== undefined || username !== undefined);
}
