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
  return head === undefined ? [name] : [head, ...[...rest.matchAll(/\[([^\]]*)\]/g)].map(([, key = ""]) => key)];
}

function plant(branch: Branch, [head = "", ...rest]: string[], value: string): boolean {
  if (rest.length >= MAX_DEPTH) return false;
  const key = head === "" ? String(branch.size) : head;
  const there = branch.get(key);
  if (rest.length > 0) {
    const next = there instanceof Map ? there : new Map<string, Branch | string>();
    branch.set(key, next);
    return plant(next, rest, value);
  }
  if (there === undefined) branch.set(key, value);
  else if (there instanceof Map) there.set(String(there.size), value);
  else
    branch.set(
      key,
      new Map([
        ["0", there],
        ["1", value],
      ]),
    );
  return true;
}

function toJson(value: Branch | string): Json {
  if (typeof value === "string") return value;
  return [...value.keys()].every((key) => /^\d+$/.test(key)) ? [...value.values()].map(toJson) : toObject(value);
}

function toObject(branch: Branch): JsonObject {
  return Object.fromEntries([...branch].map(([key, value]) => [key, toJson(value)]));
}
