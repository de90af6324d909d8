import { describeRules } from "./describe-rule.ts";
import type { PermissionsDocument, RulesDocument } from "./rules.ts";

/** What one agent, one group or everyone has in two maps, in words; undefined where there is nothing. */
export interface Difference {
  /** `default`, `groups.3`, `users.41`, `usernames.nora_k`. */
  readonly owner: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Whose rules differ between two maps. How they were written does not count. */
export function diffPermissions(before: PermissionsDocument, after: PermissionsDocument): Difference[] {
  const [old, fresh] = [rulesByOwner(before), rulesByOwner(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((owner) => ({ owner, before: old.get(owner), after: fresh.get(owner) }))
    .filter((one) => one.before !== one.after);
}

function rulesByOwner(document: PermissionsDocument): Map<string, string> {
  const owned = (["groups", "users", "usernames"] as const).flatMap((part) =>
    Object.entries(document[part] ?? {}).map(([id, rules]): [string, RulesDocument] => [
      `${part}.${part === "usernames" ? id.toLowerCase() : id}`,
      rules,
    ]),
  );
  const everyones: [string, RulesDocument][] = document.default === undefined ? [] : [["default", document.default]];
  return new Map([...everyones, ...owned].map(([owner, rules]) => [owner, describeRules(rules)]));
}
