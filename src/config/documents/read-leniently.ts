import type * as z from "zod";
import { isObject } from "../../events/json.ts";
import type { Fault } from "./parse.ts";

/** Each round leaves out at least one part, so that a document with more than that is none that was ever valid. */
const MAX_ROUNDS = 20;
const LEFT_OUT = "this version does not understand it, and leaves it out";

type Path = readonly PropertyKey[];

/** What is understood of a document. `faults`: the parts that are left out; members that nobody knows are just ignored. */
export interface Understood<T> {
  readonly value: T;
  readonly faults: readonly Fault[];
}

/**
 * Reads a document that an earlier version of the schema found valid: a part that is not understood any more is left out
 * alone, and what cannot be without it; undefined when nothing is left.
 */
export function readLeniently<T>(json: unknown, schema: z.ZodType<T>): Understood<T> | undefined {
  const faults = new Map<string, Fault>();
  let left = json;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { success, data, error } = schema.safeParse(left);
    if (success) return { value: data, faults: [...faults.values()] };
    const gone: Path[] = [];
    for (const issue of error.issues) {
      if (issue.code === "unrecognized_keys") gone.push(...issue.keys.map((name) => [...issue.path, name]));
      else gone.push(removable(left, issue.path));
    }
    if (gone.some((path) => path.length === 0)) return undefined;
    for (const issue of error.issues) {
      if (issue.code === "unrecognized_keys") continue;
      const path = issue.path.join(".");
      faults.set(path, { path, message: LEFT_OUT });
    }
    left = without(left, gone);
  }
  return undefined;
}

/** What is not there cannot be left out: that which has to have it is. */
function removable(json: unknown, path: Path): Path {
  return path.length === 0 || has(json, path) ? path : removable(json, path.slice(0, -1));
}

function has(json: unknown, [step, ...rest]: Path): boolean {
  if (step === undefined) return true;
  if (typeof json !== "object" || json === null || !Object.hasOwn(json, step)) return false;
  const member: unknown = Reflect.get(json, step);
  return has(member, rest);
}

function without(json: unknown, gone: readonly Path[]): unknown {
  if (gone.length === 0) return json;
  const below = Map.groupBy(gone, ([step]) => String(step));
  const rests = (name: string) => (below.get(name) ?? []).map(([, ...rest]) => rest);
  const isGone = (name: string) => below.get(name)?.some((path) => path.length === 1) === true;
  if (Array.isArray(json)) {
    return json.flatMap((item: unknown, at) => (isGone(String(at)) ? [] : [without(item, rests(String(at)))]));
  }
  if (!isObject(json)) return json;
  const members = Object.entries(json).filter(([name]) => !isGone(name));
  return Object.fromEntries(members.map(([name, member]) => [name, without(member, rests(name))]));
}
