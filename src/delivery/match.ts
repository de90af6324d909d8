import type { Destination } from "../config/load.ts";
import type { HookEvent } from "../events/envelope.ts";
import { isObject } from "../events/json.ts";
import { plainly } from "../events/values/figure.ts";

/** Whether a destination wants an event: by type, by source, and by every path of its `where`. */
export function wants(destination: Destination, event: HookEvent): boolean {
  const source = event.source.slice("/sources/".length);
  return (
    destination.events.some((pattern) => matchesType(pattern, event.type)) &&
    destination.sources.some((id) => id === "*" || id === source) &&
    Object.entries(destination.where).every(([path, values]) => matchesPath(event, path, values))
  );
}

function matchesType(pattern: string, type: string): boolean {
  return pattern === "*" || pattern === type || (pattern.endsWith(".*") && type.startsWith(pattern.slice(0, -1)));
}

/** An absent path does not match; a list matches by any of its items. */
function matchesPath(event: HookEvent, path: string, values: readonly string[]): boolean {
  const found = valueAt(event, path);
  const items = Array.isArray(found) ? found : [found];
  return items.some((item) => spellingsOf(item).some((spelling) => values.includes(spelling)));
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((node, name) => (isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined), value);
}

/** How a value may be written in a `where`: a number as it was sent, and as it is printed without its idle zeros. */
function spellingsOf(value: unknown): readonly string[] {
  if (JSON.isRawJSON(value)) return [value.rawJSON, plainly(value)];
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [String(value)] : [];
}
