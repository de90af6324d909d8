import type { Alike } from "../asked.ts";
import type { Permissions, Rule } from "../compile.ts";
import { allows, denies, isReadable, type OwnedRule, rulesOf } from "../decide.ts";
import { ruleSections } from "../rules.ts";
import { sameId } from "../same.ts";
import { clockAt, isOpen } from "../window.ts";

/** A rule that no question came to. */
export interface UnusedRule {
  readonly owner: string;
  /** Which of the owner's rules, from 1. */
  readonly position: number;
  readonly note?: string | undefined;
}

/** The rules that did not apply to any project of any question, at the time at which it was asked. */
export function findUnused(permissions: Permissions, asked: readonly Alike[]): UnusedRule[] {
  const used = new Set<Rule>();
  for (const { question, at } of asked) {
    if (!isReadable(question)) continue;
    const clock = clockAt(at);
    const projects = question.projects.map(sameId);
    for (const { rule } of rulesOf(permissions, question)) {
      const concerns = projects.some((project) => denies(rule, project) || allows(rule, project));
      if (concerns && isOpen(rule.window, at, clock)) used.add(rule);
    }
  }
  return allRules(permissions)
    .filter(({ rule }) => !used.has(rule))
    .map(({ owner, position, rule: { note } }) => ({ owner, position, ...(note === undefined ? {} : { note }) }));
}

function allRules(permissions: Permissions): (OwnedRule & { readonly position: number })[] {
  const owned = ruleSections.flatMap((section) =>
    [...permissions[section]].map(([id, rules]) => [`${section}.${id}`, rules] as const),
  );
  return [["default", permissions.default] as const, ...owned].flatMap(([owner, rules]) =>
    rules.map((rule, position) => ({ owner, rule, position: position + 1 })),
  );
}
