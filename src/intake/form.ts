import type { Json, JsonObject } from "../events/json.ts";

/** What a form or query may have. */
export const MAX_PARAMETERS = 1000;
const MAX_DEPTH = 5;
/** More digits than any list has positions. */
const MAX_INDEX_DIGITS = 9;

export interface Form {
  readonly body: JsonObject;
  /** Parameters over the limits, left out. */
  readonly dropped: number;
}

/** The members of one level, and the number that a nameless one gets. */
interface Branch {
  readonly members: Map<string, Branch | string>;
  next: number;
}

/**
 * Reads parameters the way PHP writes them (http_build_query): `a[0]=`, `a[]=`, `a[b]=`, and repetition. A branch is
 * a list only where its names are 0 to n-1, in any order; other digits are names. Values stay text: only the schema of
 * a kind knows which are lists.
 * @param over parameters that were left out before
 */
export function parseForm(parameters: Iterable<readonly [string, string]>, over = 0): Form {
  const root: Branch = { members: new Map(), next: 0 };
  let taken = 0;
  let dropped = over;
  for (const [name, value] of parameters) {
    const path = pathOf(name);
    if (++taken > MAX_PARAMETERS || path.length > MAX_DEPTH) dropped++;
    else plant(root, path, value);
  }
  return { body: toObject(root), dropped };
}

/** The names of `a[b][c]`; whatever is written otherwise is one name. */
function pathOf(name: string): string[] {
  const open = name.indexOf("[");
  if (open <= 0 || !name.endsWith("]")) return [name];
  const path = [name.slice(0, open)];
  for (let at = open; at < name.length; ) {
    if (name[at] !== "[") return [name];
    const close = name.indexOf("]", at);
    path.push(name.slice(at + 1, close));
    at = close + 1;
  }
  return path;
}

function plant(branch: Branch, [head = "", ...rest]: string[], value: string): void {
  const key = head === "" ? String(branch.next) : head;
  const there = branch.members.get(key);
  if (rest.length === 0 && there === undefined) {
    put(branch, key, value);
    return;
  }
  const next: Branch = there === undefined || typeof there === "string" ? { members: new Map(), next: 0 } : there;
  if (typeof there === "string") put(next, "0", there);
  put(branch, key, next);
  plant(next, rest, value);
}

/** PHP goes on counting after the highest number so far. */
function put(branch: Branch, key: string, value: Branch | string): void {
  branch.members.set(key, value);
  if (isIndex(key)) branch.next = Math.max(branch.next, Number(key) + 1);
}

/** The spelling of a position: `7`, not `07`. */
function isIndex(key: string): boolean {
  return key.length <= MAX_INDEX_DIGITS && /^(0|[1-9]\d*)$/.test(key);
}

function toJson(value: Branch | string): Json {
  if (typeof value === "string") return value;
  const { members } = value;
  const isList = [...members.keys()].every((key) => isIndex(key) && Number(key) < members.size);
  if (!isList) return toObject(value);
  return [...members].sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => toJson(item));
}

function toObject({ members }: Branch): JsonObject {
  return Object.fromEntries([...members].map(([key, value]) => [key, toJson(value)]));
}
