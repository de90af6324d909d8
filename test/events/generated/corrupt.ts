import fc from "fast-check";
import type { HookEvent } from "../../../src/events/envelope.ts";
import { isObject } from "../../../src/events/json.ts";

/** Members whose insides are nobody's business but the tenant's. */
const OPEN = new Set(["raw", "fields", "rules", "projects"]);

type Path = readonly (string | number)[];

/** Every place in an event that has a fixed type. */
export function fixedPlaces(value: unknown, path: Path = []): Path[] {
  const inner: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : isObject(value)
      ? Object.entries(value).filter(([name]) => !OPEN.has(name))
      : [];
  return [
    ...(path.length === 0 ? [] : [path]),
    ...inner.flatMap(([name, field]) => fixedPlaces(field, [...path, name])),
  ];
}

/** The event with something of another type at one of its places: no schema may take it. */
export function corrupted(event: HookEvent): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...fixedPlaces(event)), fc.nat())
    .map(([path, choice]) => replaceAt(event, path, choice));
}

function replaceAt(value: unknown, [name, ...rest]: Path, choice: number): unknown {
  if (name === undefined) return strange(value, choice);
  if (Array.isArray(value)) return value.map((item, at) => (at === name ? replaceAt(item, rest, choice) : item));
  if (!isObject(value)) return value;
  return { ...value, [name]: replaceAt(value[name], rest, choice) };
}

/** Something of every type that the value is not of. Null is left to tickets, whose fields may be null. */
function strange(value: unknown, choice: number): unknown {
  const kind = (one: unknown) => (Array.isArray(one) ? "list" : one === null ? "string" : typeof one);
  const others = [true, -1.5, "not a time", [null], { tomorrow: 1 }].filter((one) => kind(one) !== kind(value));
  return others[choice % others.length];
}
