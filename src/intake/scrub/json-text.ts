import { isObject, type Json, MAX_DEPTH, parseJson } from "../../events/json.ts";

const OPENING: ReadonlySet<string> = new Set(["{", "["]);

/** A text that is JSON itself; `hides`: it has members that parsing drops, because their names stand twice. */
export interface JsonText {
  readonly json: Json;
  readonly hides: boolean;
}

/** Reads a text that begins like an object or a list; undefined when it is none, or is nested too deeply. */
export function readJsonText(text: string): JsonText | undefined {
  const trimmed = text.trim();
  if (!OPENING.has(trimmed[0] ?? "")) return undefined;
  const survey = surveyJson(trimmed);
  if (survey === undefined || survey.depth > MAX_DEPTH) return undefined;
  try {
    const json = parseJson(trimmed);
    return { json, hides: countMembers(json) < survey.members };
  } catch {
    return undefined;
  }
}

/** Depth and members of what may be JSON, in one pass; undefined when its brackets do not even close. */
export function surveyJson(text: string): { readonly depth: number; readonly members: number } | undefined {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') {
      at = endOfString(text, at);
      if (at < 0) return undefined;
    } else if (sign === ":") members++;
    else if (sign === "{" || sign === "[") deepest = Math.max(deepest, ++depth);
    else if ((sign === "}" || sign === "]") && --depth < 0) return undefined;
  }
  return depth === 0 ? { depth: deepest, members } : undefined;
}

/** Where the quote stands that ends a string; -1 when none does. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '"') return at;
    if (text[at] === "\\") at++;
  }
  return -1;
}

function countMembers(json: Json): number {
  if (!Array.isArray(json) && !isObject(json)) return 0;
  const values: readonly Json[] = Object.values(json);
  return values.reduce((sum: number, value) => sum + countMembers(value), isObject(json) ? values.length : 0);
}
