import { isObject } from "../../events/json.ts";

/** A value with what was laid open of it, and at which of the paths asked for there was something. */
export interface LaidOpen {
  readonly value: unknown;
  readonly found: ReadonlySet<string>;
}

/**
 * Lays open what stands at some paths of a value that is masked: `customer.name`, with all that is below. The items of a
 * list have its path, and one of their own: `attempts.answer`, `attempts.0.answer`.
 */
export function layOpen(masked: unknown, clear: unknown, paths: readonly string[]): LaidOpen {
  const found = new Set<string>();
  const asked = paths.map((path) => ({ path, rest: path }));
  const value = lay(masked, clear, asked, found);
  return { value: value === NOTHING ? masked : value, found };
}

/** Nothing that was asked for stands there. */
const NOTHING = Symbol("nothing");

/** A path that is asked for, and what of it is still to go. */
interface Asked {
  readonly path: string;
  readonly rest: string;
}

function lay(masked: unknown, clear: unknown, asked: readonly Asked[], found: Set<string>): unknown {
  const here = asked.filter(({ rest }) => rest === "");
  for (const { path } of here) found.add(path);
  if (here.length > 0) return clear;
  if (asked.length === 0) return NOTHING;
  if (Array.isArray(clear)) {
    const before: unknown[] = Array.isArray(masked) ? masked : clear.map(() => masked);
    const items = clear.map((item, position) => {
      const own = step(asked, String(position));
      return lay(before[position], item, own.length > 0 ? own : asked, found);
    });
    return items.every((item) => item === NOTHING)
      ? NOTHING
      : items.map((item, position) => (item === NOTHING ? before[position] : item));
  }
  if (!isObject(clear)) return NOTHING;
  // Of what is hidden as a whole nothing shows but what is asked for.
  const before = isObject(masked) ? masked : {};
  const laid = Object.entries(clear).flatMap(([name, member]): [string, unknown][] => {
    const value = lay(before[name] ?? masked, member, step(asked, name), found);
    return value === NOTHING ? [] : [[name, value]];
  });
  return laid.length === 0 ? NOTHING : { ...before, ...Object.fromEntries(laid) };
}

/** The paths that lead into a member; its name may have dots itself. */
function step(asked: readonly Asked[], name: string): Asked[] {
  return asked.flatMap(({ path, rest }) => {
    if (rest === name) return [{ path, rest: "" }];
    return rest.startsWith(`${name}.`) ? [{ path, rest: rest.slice(name.length + 1) }] : [];
  });
}
