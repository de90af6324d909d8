import { isObject, type Json } from "../../events/json.ts";
import { readJson } from "../body/read-json.ts";
import { countMembers } from "./survey-json.ts";

/** A text that is JSON itself; `hides`: it has members that parsing drops, because their names stand twice. */
export interface JsonText {
  readonly json: Json;
  readonly hides: boolean;
}

/** Reads a text that begins like an object or a list; undefined when it is none, or is nested too deeply. */
export function readJsonText(text: string): JsonText | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  const trimmed = text.trim();
  const members = countMembers(trimmed);
  const json = members === undefined ? undefined : readJson(trimmed);
  return members === undefined || json === undefined ? undefined : { json, hides: membersOf(json) < members };
}

function membersOf(json: Json): number {
  if (!Array.isArray(json) && !isObject(json)) return 0;
  const values: readonly Json[] = Object.values(json);
  return values.reduce((sum: number, value) => sum + membersOf(value), isObject(json) ? values.length : 0);
}
