import { isObject, type Json } from "../../events/json.ts";
import { readJsonBody } from "../body/read-json.ts";
import { spellApart } from "./spell-apart.ts";
import { countMembers } from "./survey-json.ts";

/** A text that is JSON itself. `apart`: the same with the members that parsing drops, because their names stand twice. */
export interface JsonText {
  readonly json: Json;
  readonly apart?: Json | undefined;
}

/** Whether a text begins like JSON that has something inside; few do. */
export function mayBeJson(text: string): boolean {
  return /^\s*[{["]/.test(text);
}

/** Reads a text that is an object or a list, or a text in quotes that begins like one; undefined when it is none. */
export function readTextAsJson(text: string): JsonText | undefined {
  const trimmed = text.trim();
  if (trimmed.startsWith('"')) return readQuoted(trimmed);
  if (!/^[{[]/.test(trimmed)) return undefined;
  const members = countMembers(trimmed);
  const json = members === undefined ? undefined : readJsonBody(trimmed);
  if (members === undefined || json === undefined) return undefined;
  return membersOf(json) < members ? { json, apart: readJsonBody(spellApart(trimmed)) } : { json };
}

function readQuoted(text: string): JsonText | undefined {
  const json = text.endsWith('"') ? readJsonBody(text) : undefined;
  return typeof json === "string" && /^\s*[{["]/.test(json) ? { json } : undefined;
}

/** Without recursion: a text may be nested as deeply as it likes. */
function membersOf(json: Json): number {
  const left: Json[] = [json];
  let members = 0;
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (!Array.isArray(value) && !isObject(value)) continue;
    const values: readonly Json[] = Object.values(value);
    if (isObject(value)) members += values.length;
    for (const inner of values) left.push(inner);
  }
  return members;
}
