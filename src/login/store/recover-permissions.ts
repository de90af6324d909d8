import * as z from "zod";
import { readJsonText } from "../../config/documents/read-json.ts";
import { type HoursDocument, hours } from "../../config/schema/hours.ts";
import { isObject, type Json, type JsonObject } from "../../events/json.ts";
import { joinRepeated } from "../map/join-repeated.ts";
import type { PermissionsDocument, RuleDocument, RulesDocument } from "../rules.ts";

/** No zone and no time, so that what has it is always denied and never allowed. */
const UNCLEAR = "(not understood)";
const knownHours = z.object(hours.shape);

/**
 * Reads a map that some version of hookswitch took, whatever became of the schema since: it was in force, so it stays
 * so. What this version does not know is passed over; of what it knows and cannot understand, a deny is one of
 * everything, and an allow one of nothing.
 * @throws SyntaxError when the text is not JSON
 */
export function recoverPermissions(text: string): PermissionsDocument {
  const { value } = readJsonText(text, joinRepeated);
  const { default: everyones, groups, users, usernames } = isObject(value) ? value : {};
  return {
    default: recoverRules(everyones),
    groups: recoverPart(groups),
    users: recoverPart(users),
    usernames: recoverPart(usernames),
  };
}

function recoverPart(part: Json | undefined): Record<string, RulesDocument> {
  const entries = isObject(part) ? Object.entries(part) : [];
  return Object.fromEntries(entries.map(([id, rules]) => [id, recoverRules(rules)]));
}

function recoverRules(rules: Json | undefined): RulesDocument {
  return [rules].flat().filter(isObject).map(recoverRule);
}

function recoverRule(rule: JsonObject): RuleDocument {
  const { allow, except, deny, from, until, note } = rule;
  const [allowed, excepted, denied] = [recoverIds(allow), recoverIds(except), recoverIds(deny)];
  return {
    allow: allowed.ids,
    except: excepted.isClear && excepted.ids !== "*" ? excepted.ids : ["*"],
    deny: denied.isClear ? denied.ids : "*",
    from: recoverTime(from),
    until: recoverTime(until),
    hours: recoverHours(rule.hours),
    note: typeof note === "string" ? note : undefined,
  };
}

function recoverIds(list: Json | undefined): { readonly ids: "*" | string[]; readonly isClear: boolean } {
  if (list === "*") return { ids: "*", isClear: true };
  const items = isAbsent(list) ? [] : [list].flat();
  const ids = items.flatMap((id) => (typeof id === "string" || typeof id === "number" ? String(id) : []));
  return { ids, isClear: ids.length === items.length };
}

function recoverTime(time: Json | undefined): string | undefined {
  if (isAbsent(time)) return undefined;
  return typeof time === "string" ? time : UNCLEAR;
}

function recoverHours(daily: Json | undefined): HoursDocument | undefined {
  if (isAbsent(daily)) return undefined;
  const parsed = knownHours.safeParse(daily);
  return parsed.success ? parsed.data : knownHours.parse({ tz: UNCLEAR });
}

function isAbsent(value: Json | undefined): boolean {
  return value === undefined || value === null;
}
