import type { Question } from "../../vendors/vendor.ts";
import type { Permissions, Rule } from "../compile.ts";
import { rulesOf } from "../decide.ts";
import { sameId, sameName } from "../same.ts";
import { ALWAYS } from "../window.ts";

/** The note of a rule that is only supposed. */
export const SUPPOSED = "only supposed";

/** A map as if one agent were allowed some projects besides; it answers for that agent alone. */
export function suppose(permissions: Permissions, question: Question, projects: readonly string[]): Permissions {
  const { userId, username } = question;
  const rule: Rule = {
    allow: new Set(projects.map(sameId)),
    except: new Set(),
    deny: new Set(),
    window: ALWAYS,
    timeUnreadable: false,
    note: SUPPOSED,
  };
  const own = (section: "users" | "usernames") =>
    rulesOf(permissions, question).flatMap(({ owner, rule }) => (owner.startsWith(`${section}.`) ? [rule] : []));
  if (userId !== undefined) return { ...permissions, users: new Map([[sameId(userId), [...own("users"), rule]]]) };
  return username === undefined
    ? permissions
    : { ...permissions, usernames: new Map([[sameName(username), [...own("usernames"), rule]]]) };
}
