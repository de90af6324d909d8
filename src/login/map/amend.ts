import * as z from "zod";
import { readJsonText } from "../../config/documents/read-json.ts";
import type { RuleSection } from "../rules.ts";
import { sameIn } from "../same.ts";
import { joinRepeated } from "./join-repeated.ts";

const json = z.record(z.string(), z.unknown());
const amendable = z.looseObject({ users: json.optional(), usernames: json.optional(), groups: json.optional() });

/** A map as it was written: unlike the validated document it still has its own form, such as ids as numbers. */
export type WrittenMap = z.infer<typeof amendable>;

/** Reads the text of a map in force. Rules under a name that stands twice are joined, as they are when they answer. */
export function readWrittenMap(text: string): WrittenMap {
  return amendable.parse(readJsonText(text, joinRepeated).value);
}

/** The rules that a map has for one agent or group, under whatever spelling; undefined when it has none. */
export function rulesFor(map: WrittenMap, section: RuleSection, id: string): unknown {
  const entries = entriesFor(map, section, id).map(([, rules]) => rules);
  return entries.length > 1 ? entries.flat() : entries[0];
}

/** The map with other rules for one agent or group, or none. All else stays as it was written. */
export function amend(map: WrittenMap, section: RuleSection, id: string, rules: unknown): WrittenMap {
  const old = entriesFor(map, section, id).map(([written]) => written);
  const rest = Object.entries(map[section] ?? {}).filter(([written]) => !old.includes(written));
  const kept = rules === undefined ? rest : [...rest, [id, rules] as const];
  return { ...map, [section]: Object.fromEntries(kept) };
}

/** Ids and user names count in any spelling that means the same. */
function entriesFor(map: WrittenMap, section: RuleSection, id: string): [string, unknown][] {
  const same = sameIn(section);
  const wanted = same(id);
  return Object.entries(map[section] ?? {}).filter(([written]) => same(written) === wanted);
}
