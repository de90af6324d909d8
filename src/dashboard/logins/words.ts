import type { Explanation } from "./told.ts";

const verbs = { allow: "granted", deny: "denied" } as const;

/** What decided, as people say it: `denied by users.41`. */
export function ruleWords(rule: string): string {
  const { owner, does } = partsOf(rule);
  if (does !== undefined) return `${verbs[does]} by ${owner}`;
  return sentences[rule] ?? rule;
}

/** Whose rule decided, and what it does; neither where no rule did. */
export function partsOf(rule: string): { readonly owner?: string; readonly does?: "allow" | "deny" } {
  const [, owner, does] = /^(.+) (allow|deny)$/s.exec(rule) ?? [];
  return owner === undefined ? {} : { owner, does: does === "allow" ? "allow" : "deny" };
}

const sentences: Readonly<Record<string, string>> = {
  none: "no rule allows it",
  no_map: "there was no map",
  store_unreadable: "the map could not be read",
  unreadable: "the question could not be read",
};

/** How an agent is called. */
export function nameOf({ username, userId }: Explanation["question"]): string {
  return username ?? (userId === undefined ? "somebody" : `agent ${userId}`);
}

/** What the vendor was told where a guard only watched. */
export function toldWords(answered: Readonly<Record<string, boolean>> = {}): string {
  const projects = Object.entries(answered).map(([project, granted]) => `${project} ${granted ? "yes" : "no"}`);
  return projects.length === 0 ? "what the vendor was told is not known" : `the vendor was told ${projects.join(", ")}`;
}
