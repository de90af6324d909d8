import type { Json, JsonObject } from "../events/json.ts";

const MAX_PARAMETERS = 1000;
const MAX_DEPTH = 5;

export interface Form {
  readonly body: JsonObject;
  /** Parameters over the limits, left out. */
  readonly dropped: number;
}

type Branch = Map<string, Branch | string>;

/**
 * Reads parameters the way PHP writes them (http_build_query): `a[0]=`, `a[]=`, `a[b]=`, and repetition.
 * Numbered branches become arrays. Values stay text: only the schema of a kind knows which are lists.
 */
export function parseForm(parameters: Iterable<readonly [string, string]>): Form {
  const root: Branch = new Map();
  let taken = 0;
  let dropped = 0;
  for (const [name, value] of parameters) {
    if (++taken > MAX_PARAMETERS || !plant(root, path(name), value)) dropped++;
  }
  return { body: toObject(root), dropped };
}

function path(name: string): string[] {
  const [, head, rest = ""] = /^([^[]+)((?:\[[^\]]*\])+)$/.exec(name) ?? [];
  return head === undefined ? [name] : [head, ...rest.slice(1, -1).split("][")];
}

function plant(branch: Branch, [head = "", ...rest]: string[], value: string): boolean {
  if (rest.length >= MAX_DEPTH) return false;
  const key = head === "" ? nextIndex(branch) : head;
  const there = branch.get(key);
  if (rest.length === 0 && there === undefined) {
    branch.set(key, value);
    return true;
  }
  const next: Branch = typeof there === "string" ? new Map([["0", there]]) : (there ?? new Map());
  branch.set(key, next);
  return plant(next, rest, value);
}

/** PHP goes on after the highest number so far. */
function nextIndex(branch: Branch): string {
  return String(Math.max(-1, ...[...branch.keys()].filter(isIndex).map(Number)) + 1);
}

function isIndex(key: string): boolean {
  return /^\d+$/.test(key);
}

function toJson(value: Branch | string): Json {
  if (typeof value === "string") return value;
  if (![...value.keys()].every(isIndex)) return toObject(value);
  return [...value].sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => toJson(item));
}

function toObject(branch: Branch): JsonObject {
  return Object.fromEntries([...branch].map(([key, value]) => [key, toJson(value)]));
}
