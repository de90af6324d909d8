import * as z from "zod";

/** The parts of a map that have rules by id. */
export const parts = ["users", "usernames", "groups"] as const;
export type Part = (typeof parts)[number];

const json = z.record(z.string(), z.unknown());
const amendable = z.looseObject({ users: json.optional(), usernames: json.optional(), groups: json.optional() });

/** A map as it was written: unlike the validated document it still has its own form, such as ids as numbers. */
export type WrittenMap = z.infer<typeof amendable>;

/** Reads the text of a valid map. */
export function readWrittenMap(text: string): WrittenMap {
  return amendable.parse(JSON.parse(text));
}

/** The rules that a map has for one agent or group; undefined when it has none. */
export function rulesFor(map: WrittenMap, part: Part, id: string): unknown {
  return entriesFor(map, part, id)[0]?.[1];
}

/** The map with other rules for one agent or group, or none. All else stays as it was written. */
export function amend(map: WrittenMap, part: Part, id: string, rules: unknown): WrittenMap {
  const old = entriesFor(map, part, id).map(([written]) => written);
  const rest = Object.entries(map[part] ?? {}).filter(([written]) => !old.includes(written));
  const kept = rules === undefined ? rest : [...rest, [id, rules] as const];
  return { ...map, [part]: Object.fromEntries(kept) };
}

/** User names count in any case of letters. */
function entriesFor(map: WrittenMap, part: Part, id: string): [string, unknown][] {
  const fold = (text: string) => (part === "usernames" ? text.toLowerCase() : text);
  return Object.entries(map[part] ?? {}).filter(([written]) => fold(written) === fold(id));
}
