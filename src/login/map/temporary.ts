import { ulid } from "ulid";
import * as z from "zod";
import { readRuleMoment } from "../moment.ts";
import { type RuleSection, ruleSections } from "../rules.ts";
import { sameIn } from "../same.ts";
import { readWrittenMap, type WrittenMap } from "./amend.ts";

/** How the id of a grant begins. */
export const GRANT_PREFIX = "grant_";
const ownRule = z.looseObject({ grant: z.string(), until: z.string().optional() });
const rule = z.record(z.string(), z.unknown());

/** A rule for a while, under the id by which it can be taken back. */
export interface TemporaryRule {
  readonly allow?: readonly (string | number)[] | undefined;
  readonly deny?: readonly (string | number)[] | undefined;
  /** RFC 3339 in UTC. */
  readonly until: string;
  readonly note?: string | undefined;
  readonly grant: string;
}

/** The id of a grant that is made now. `now`: milliseconds since the epoch. */
export function newGrantId(now: number): string {
  return `${GRANT_PREFIX}${ulid(now)}`;
}

/** The map with one more rule for an agent or a group, behind those that they have, under whatever spelling. */
export function addRule(map: WrittenMap, section: RuleSection, id: string, added: TemporaryRule): WrittenMap {
  const same = sameIn(section);
  const entries = Object.entries(map[section] ?? {});
  const [known, there] = entries.find(([written]) => same(written) === same(id)) ?? [id, undefined];
  const rules = there === undefined ? added : [there, added].flat();
  return { ...map, [section]: { ...map[section], [known]: rules } };
}

/** The map without the rule of a grant; undefined where it has none of that id. */
export function takeBack(map: WrittenMap, grant: string): WrittenMap | undefined {
  return without(map, (one) => isGrantId(grant) && ownRule.safeParse(one).data?.grant === grant);
}

/**
 * The text of a map without the grants that are over; the text itself where none is.
 * @param zone of times that have none
 * @param now milliseconds since the epoch
 */
export function withoutEnded(text: string, zone: string, now: number): string {
  if (!text.includes(GRANT_PREFIX)) return text;
  const left = without(readWrittenMap(text), (one) => isOver(one, zone, now));
  return left === undefined ? text : JSON.stringify(left, undefined, 2);
}

/** Only what the API made is a grant: a rule that somebody named otherwise stays until they take it away. */
function isGrantId(text: string): boolean {
  return text.startsWith(GRANT_PREFIX);
}

function isOver(one: unknown, zone: string, now: number): boolean {
  const { grant, until } = ownRule.safeParse(one).data ?? {};
  if (grant === undefined || until === undefined || !isGrantId(grant)) return false;
  const end = readRuleMoment(until, zone);
  return end !== undefined && end <= now;
}

/** The map without some rules; undefined where there are none such. Owners that have no rule left go, too. */
function without(map: WrittenMap, goes: (one: unknown) => boolean): WrittenMap | undefined {
  let gone = 0;
  const sections = ruleSections.flatMap((section) => {
    const owners = map[section];
    if (owners === undefined) return [];
    const left = Object.entries(owners).flatMap(([id, rules]): [string, unknown][] => {
      const several: unknown[] = [rules].flat();
      const kept = several.filter((one) => !goes(one));
      gone += several.length - kept.length;
      if (kept.length === several.length) return [[id, rules]];
      const [only] = kept;
      return kept.length === 0 ? [] : [[id, kept.length === 1 && rule.safeParse(only).success ? only : kept]];
    });
    return [[section, Object.fromEntries(left)] as const];
  });
  return gone === 0 ? undefined : { ...map, ...Object.fromEntries(sections) };
}
