import { type PermissionsDocument, type RuleDocument, ruleSections } from "./rules.ts";

/** One rule of a document, and where it stands: `users.41`, or `users.41.1` in a list. */
export interface PlacedRule {
  readonly path: string;
  readonly rule: RuleDocument;
}

/** Every rule of a document, in its order. */
export function* eachRule(document: PermissionsDocument): Generator<PlacedRule> {
  if (document.default !== undefined) yield* place("default", document.default);
  for (const section of ruleSections) {
    for (const [id, rules] of Object.entries(document[section] ?? {})) yield* place(`${section}.${id}`, rules);
  }
}

function* place(path: string, rules: RuleDocument | readonly RuleDocument[]): Generator<PlacedRule> {
  if (!isList(rules)) yield { path, rule: rules };
  else for (const [position, rule] of rules.entries()) yield { path: `${path}.${position}`, rule };
}

function isList(rules: RuleDocument | readonly RuleDocument[]): rules is readonly RuleDocument[] {
  return Array.isArray(rules);
}
