import { isObject, type Json, type JsonObject, parseJson } from "../../events/json.ts";
import { isPlainId, isPlainName } from "../../events/values/plain-id.ts";
import { trimBlanks } from "../../platform/text/trim.ts";

/** What is there and cannot be read for certain. */
export const ODD: unique symbol = Symbol("odd");

/** A value of a question, trimmed; undefined where it is absent. */
export type ReadValue = string | undefined | typeof ODD;

/** Projects that are asked about. `odd`: there is more than could be read. */
export interface ReadProjects {
  readonly ids: readonly string[];
  readonly odd: boolean;
}

const DIGITS = /^[0-9]+$/;
const FLAGS: readonly unknown[] = [0, 1, "0", "1"];

/** The id of a group or a project: a number or a word. */
export function readId(value: Json | undefined): ReadValue {
  const text = readScalar(value);
  return typeof text === "string" && !isPlainId(text) ? ODD : text;
}

/** The id of an agent; `0` is none. */
export function readAgentId(value: Json | undefined): ReadValue {
  const id = readId(value);
  return typeof id === "string" && /^0+$/.test(id.normalize("NFKC")) ? undefined : id;
}

/** The name of an agent; `0` is none. */
export function readAgentName(value: Json | undefined): ReadValue {
  const name = readScalar(value);
  if (name === "0") return undefined;
  return typeof name === "string" && !isPlainName(name) ? ODD : name;
}

/** The primary project. Repetition in a form makes a list of it. */
export function readPrimary(value: Json | undefined): ReadProjects {
  return Array.isArray(value) ? readItems(value) : toProjects(readId(value));
}

/** Secondary projects: a list, PHP's object of one, JSON text, comma text, or one bare value. */
export function readSecondaries(value: Json | undefined): ReadProjects {
  if (Array.isArray(value)) return readItems(value);
  if (isObject(value)) return mayBeFlags(value) ? toProjects(ODD) : readItems(Object.values(value));
  const text = readScalar(value);
  if (typeof text !== "string") return toProjects(text);
  if (text.startsWith("[")) return readListText(text);
  return text.includes(",") ? readItems(text.split(",")) : toProjects(readId(value));
}

/** An item that is absent leaves a hole. A lone one that is empty is how a form writes an empty list. */
function readItems(items: readonly Json[]): ReadProjects {
  if (items.length === 1 && items[0] === "") return toProjects(undefined);
  const readings = items.map(readId);
  return {
    ids: readings.flatMap((reading) => (typeof reading === "string" ? reading : [])),
    odd: readings.some((reading) => typeof reading !== "string"),
  };
}

function readListText(text: string): ReadProjects {
  try {
    const list = parseJson(text);
    return Array.isArray(list) ? readItems(list) : toProjects(ODD);
  } catch {
    return toProjects(ODD);
  }
}

function toProjects(reading: ReadValue): ReadProjects {
  return { ids: typeof reading === "string" ? [reading] : [], odd: reading === ODD };
}

/** `{"8": 1}` may be project 1 in a list with gaps, or a yes to project 8. */
function mayBeFlags(value: JsonObject): boolean {
  const isList = Object.keys(value).every((name, position) => name === String(position));
  return !isList && Object.values(value).every((flag) => FLAGS.includes(flag));
}

/** A value as trimmed text; absent for null, `""` and the word `null`. A number is one only in plain digits. */
function readScalar(value: Json | undefined): ReadValue {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return readText(trimBlanks(value));
  const digits = typeof value === "number" ? String(value) : JSON.isRawJSON(value) ? value.rawJSON : "";
  return DIGITS.test(digits) ? digits : ODD;
}

function readText(text: string): ReadValue {
  return text === "" || text === "null" ? undefined : text;
}
