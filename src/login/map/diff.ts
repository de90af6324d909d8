import { type PermissionsDocument, type RuleDocument, type RulesDocument, ruleSections } from "../rules.ts";
import { sameIn } from "../same.ts";
import { describeRules } from "./describe-rule.ts";

/** What one agent, one group or everyone has in two maps, in words; undefined where there is nothing. */
export interface MapDifference {
  /** `default`, `groups.3`, `users.41`, `usernames.nora_k`. */
  readonly owner: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Whose rules differ between two maps. How they were written does not count. */
export function diffPermissions(before: PermissionsDocument, after: PermissionsDocument): MapDifference[] {
  const [old, fresh] = [rulesByOwner(before), rulesByOwner(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((owner) => ({ owner, before: old.get(owner), after: fresh.get(owner) }))
    .filter((one) => one.before !== one.after);
}

function rulesByOwner(document: PermissionsDocument): Map<string, string> {
  const byOwner = new Map<string, RuleDocument[]>();
  const add = (owner: string, rules: RulesDocument) =>
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), ...[rules].flat()]);
  if (document.default !== undefined) add("default", document.default);
  for (const section of ruleSections) {
    const same = sameIn(section);
    for (const [id, rules] of Object.entries(document[section] ?? {})) add(`${section}.${same(id)}`, rules);
  }
  return new Map([...byOwner].map(([owner, rules]) => [owner, describeRules(rules)]));
}
