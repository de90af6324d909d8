import { isObject, type Json } from "../../src/events/json.ts";

export type Path = readonly (string | number)[];

/** The places of all values of a body that hold no others. */
export function leavesOf(value: Json, path: Path = []): Path[] {
  const inner: [string | number, Json][] = Array.isArray(value)
    ? [...value.entries()]
    : isObject(value)
      ? Object.entries(value)
      : [];
  return inner.length === 0 ? [path] : inner.flatMap(([name, member]) => leavesOf(member, [...path, name]));
}

/** What stands at a place. */
export function valueAt(value: Json, [step, ...rest]: Path): Json | undefined {
  if (step === undefined) return value;
  const inner = Array.isArray(value) ? value[Number(step)] : isObject(value) ? value[step] : undefined;
  return inner === undefined ? undefined : valueAt(inner, rest);
}

/** A body with another value at a place; without anything there where none is given. */
export function replaceAt(value: Json, [step, ...rest]: Path, replacement: Json | undefined): Json {
  if (step === undefined) return replacement ?? null;
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, at) =>
      at !== step ? [item] : rest.length === 0 && replacement === undefined ? [] : [replaceAt(item, rest, replacement)],
    );
  }
  if (!isObject(value)) return value;
  const { [step]: inner = null, ...others } = value;
  if (rest.length === 0 && replacement === undefined) return others;
  return { ...value, [step]: replaceAt(inner, rest, replacement) };
}

/** A body whose members stand the other way round, at any depth. */
export function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned);
  if (!isObject(value)) return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([name, member]) => [name, turned(member)]));
}

/** The places of all lists of a body. */
export function listsOf(value: Json, path: Path = []): Path[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((item, at) => listsOf(item, [...path, at]))];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => listsOf(member, [...path, name]));
}
