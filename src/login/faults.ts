import type { Fault } from "../config/documents/parse.ts";
import { timezone } from "../config/source.ts";
import { isObject } from "../events/json.ts";
import { readMoment } from "./moment.ts";
import { parts } from "./rules.ts";
import { sameId } from "./same.ts";

/**
 * What is wrong with a map beyond its schema: times that are no times, zones that nobody knows, `*` in a list. Looks
 * into a map of any form, so that one of another schema is told all its faults at once.
 */
export function findFaults(map: unknown): Fault[] {
  if (!isObject(map)) return [];
  return ["default", ...parts].flatMap((part) => {
    const rules = map[part];
    if (part === "default") return faultsOfRules(part, rules);
    return isObject(rules) ? Object.entries(rules).flatMap(([id, own]) => faultsOfRules(`${part}.${id}`, own)) : [];
  });
}

/** The same of the rules of one owner, which stand at this path. */
export function faultsOfRules(path: string, rules: unknown): Fault[] {
  return Array.isArray(rules)
    ? rules.flatMap((rule: unknown, position) => faultsOfRule(below(path, String(position)), rule))
    : faultsOfRule(path, rules);
}

function faultsOfRule(path: string, rule: unknown): Fault[] {
  if (!isObject(rule)) return [];
  const { from, until, hours } = rule;
  const tz = isObject(hours) ? hours.tz : undefined;
  return [
    ...["allow", "except", "deny"].flatMap((list) => faultsOfList(below(path, list), rule[list])),
    ...faultOfTime(below(path, "from"), from),
    ...faultOfTime(below(path, "until"), until),
    ...(typeof tz !== "string" || isZone(tz)
      ? []
      : [{ path: below(path, "hours.tz"), message: "not an IANA time zone, such as Europe/Budapest" }]),
  ];
}

function faultsOfList(path: string, list: unknown): Fault[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((id: unknown, position) =>
    typeof id === "string" && sameId(id) === "*"
      ? [{ path: `${path}.${position}`, message: 'all projects are written "*", not ["*"]' }]
      : [],
  );
}

function below(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function faultOfTime(path: string, text: unknown): Fault[] {
  return typeof text !== "string" || isTime(text)
    ? []
    : [{ path, message: "not an ISO time, such as 2026-12-01T08:00 or 2026-12-01" }];
}

/** Whether a text is a time, in whatever zone. */
export function isTime(text: string): boolean {
  return readMoment(text, "UTC") !== undefined;
}

/** Whether a text is a time zone that this Worker knows. */
export function isZone(text: string): boolean {
  return timezone.safeParse(text).success;
}
