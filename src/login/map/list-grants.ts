import { decodeTime } from "ulid";
import { readRuleMoment } from "../moment.ts";
import { type PermissionsDocument, ruleSections } from "../rules.ts";
import { GRANT_PREFIX } from "./temporary.ts";

/** What somebody may or may not do for a while. Times in milliseconds since the epoch. */
export interface Granted {
  readonly id: string;
  /** `users.41`, `usernames.nora_k`, `groups.3`. */
  readonly owner: string;
  readonly allow?: "*" | readonly string[] | undefined;
  readonly deny?: "*" | readonly string[] | undefined;
  readonly made: number;
  readonly until: number;
  readonly note?: string | undefined;
}

/** The grants of a map that are in force, those that end first at first. */
export function listGrants(map: PermissionsDocument, zone: string, now: number): Granted[] {
  const all = ruleSections.flatMap((section) =>
    Object.entries(map[section] ?? {}).flatMap(([owner, rules]) =>
      [rules].flat().flatMap(({ grant, allow, deny, until, note }): Granted[] => {
        if (grant === undefined || until === undefined || !grant.startsWith(GRANT_PREFIX)) return [];
        const [end, made] = [readRuleMoment(until, zone), madeAt(grant)];
        if (end === undefined || end <= now || made === undefined) return [];
        return [{ id: grant, owner: `${section}.${owner}`, allow, deny, made, until: end, note }];
      }),
    ),
  );
  return all.toSorted((one, other) => one.until - other.until);
}

/** Undefined for an id that somebody made up. */
function madeAt(grant: string): number | undefined {
  try {
    return decodeTime(grant.slice(GRANT_PREFIX.length));
  } catch {
    return undefined;
  }
}
