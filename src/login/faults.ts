import type { Fault } from "../config/documents/parse.ts";
import { timezone } from "../config/schema/source.ts";
import { isObject, type Json, type JsonObject } from "../events/json.ts";
import { readRuleMoment } from "./moment.ts";
import { ruleSections } from "./rules.ts";
import { sameId } from "./same.ts";

/** What is told of each fault: where, and in words. */
type Tell = (path: readonly string[], message: string) => void;

/**
 * What is wrong with a map beyond its schema: times that are no times, zones that nobody knows, `*` in a list. Looks
 * into a map of any form, so that one of another schema is told all its faults at once.
 */
export function findFaults(map: unknown): Fault[] {
  return collect((tell) => {
    if (!isObject(map)) return;
    checkRules(map.default, ["default"], tell);
    for (const section of ruleSections) {
      const owners = map[section];
      if (!isObject(owners)) continue;
      for (const [id, rules] of Object.entries(owners)) checkRules(rules, [section, id], tell);
    }
  });
}

/** The same of the rules of one owner. */
export function findFaultsInRules(rules: unknown): Fault[] {
  return collect((tell) => checkRules(Array.isArray(rules) || isObject(rules) ? rules : null, [], tell));
}

function collect(check: (tell: Tell) => void): Fault[] {
  const faults: Fault[] = [];
  check((path, message) => void faults.push({ path: path.join("."), message }));
  return faults;
}

function checkRules(rules: Json | undefined, path: readonly string[], tell: Tell): void {
  if (isObject(rules)) checkRule(rules, path, tell);
  else if (Array.isArray(rules)) {
    rules.forEach((rule: Json, position) => {
      if (isObject(rule)) checkRule(rule, [...path, String(position)], tell);
    });
  }
}

function checkRule(rule: JsonObject, path: readonly string[], tell: Tell): void {
  for (const name of ["allow", "except", "deny"]) checkList(rule[name], [...path, name], tell);
  for (const name of ["from", "until"]) {
    const time = rule[name];
    if (typeof time === "string" && !isRuleTime(time)) {
      tell([...path, name], "not an ISO time, such as 2026-12-01T08:00 or 2026-12-01");
    }
  }
  const tz = isObject(rule.hours) ? rule.hours.tz : undefined;
  if (typeof tz === "string" && !isZone(tz)) {
    tell([...path, "hours", "tz"], "not an IANA time zone, such as Europe/Budapest");
  }
}

function checkList(list: Json | undefined, path: readonly string[], tell: Tell): void {
  if (!Array.isArray(list)) return;
  list.forEach((id: Json, position) => {
    if (typeof id === "string" && sameId(id) === "*") {
      tell([...path, String(position)], 'all projects are written "*", not ["*"]');
    }
  });
}

/** Whether a text is a time, in whatever zone. */
export function isRuleTime(text: string): boolean {
  return readRuleMoment(text, "UTC") !== undefined;
}

/** Whether a text is a time zone that this Worker knows. */
export function isZone(text: string): boolean {
  return timezone.safeParse(text).success;
}
