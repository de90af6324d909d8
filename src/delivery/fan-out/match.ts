import type { Destination } from "../../config/load-relay.ts";
import type { HookEvent } from "../../events/envelope.ts";
import { isObject } from "../../events/json.ts";
import { OWN_SOURCE, sourceOf } from "../../events/own-source.ts";
import { incident, sourceAbout } from "../../events/parts/incident.ts";
import { isOfRelay, matchesType } from "../../events/types.ts";
import { canonicalDecimal } from "../../events/values/decimal.ts";

/** Whether a destination wants an event: by type, by source, and by every path of its `where`. */
export function wants(destination: Destination, event: HookEvent): boolean {
  return (
    wantsType(destination, event.type) &&
    (isOfRelay(event.type) ? wantsIncident(destination, event) : wantsSource(destination, sourceOf(event.source))) &&
    Object.entries(destination.where).every(([path, values]) => matchesPath(event, path, values))
  );
}

/** So many types of so many sources are kept in mind; with more, one begins anew. */
const MAX_KNOWN = 2000;
/** For the destinations of a configuration: those among them that may want a type from a source. */
const known = new WeakMap<readonly Destination[], Map<string, readonly Destination[]>>();

/**
 * The destinations that may want an event, by its type and source alone, worked out once for a configuration: those that
 * have nothing to do with it cost it nothing. One that cannot be judged is among them.
 */
export function mayWant(
  destinations: readonly Destination[],
  { type, source }: Pick<HookEvent, "type" | "source">,
): readonly Destination[] {
  const wanting = known.get(destinations) ?? new Map<string, readonly Destination[]>();
  const name = `${type} ${source}`;
  const found = wanting.get(name) ?? destinations.filter((destination) => mayBeWanted(destination, type, source));
  if (wanting.size >= MAX_KNOWN) wanting.clear();
  known.set(destinations, wanting.set(name, found));
  return found;
}

function mayBeWanted(destination: Destination, type: string, source: string): boolean {
  try {
    return wantsType(destination, type) && (isOfRelay(type) || wantsSource(destination, sourceOf(source)));
  } catch {
    return true;
  }
}

function wantsType({ events }: Destination, type: string): boolean {
  return events.some((pattern) => matchesType(pattern, type));
}

/** Nobody is told of itself; which sources are wanted counts where an incident is about one. */
function wantsIncident(destination: Destination, { data }: HookEvent): boolean {
  const { about } = incident.parse(data.incident ?? {});
  if (about === undefined) return true;
  const source = sourceAbout(about);
  const isSelf = about.kind === "destination" && about.id === destination.id;
  return !isSelf && (source === undefined || wantsSource(destination, source));
}

function wantsSource({ sources }: Destination, source: string): boolean {
  return source !== OWN_SOURCE && sources.some((id) => id === "*" || id === source);
}

/** An absent path does not match; a list matches by any of its items. */
function matchesPath(event: HookEvent, path: string, values: readonly string[]): boolean {
  const found = valueAt(event, path);
  const items: readonly unknown[] = Array.isArray(found) ? found : [found];
  return items.some((item) => matchesValue(item, values));
}

/** A text matches as it is written, a number in any spelling, digit by digit. */
function matchesValue(item: unknown, values: readonly string[]): boolean {
  if (typeof item === "string" || typeof item === "boolean") return values.includes(String(item));
  const digits = typeof item === "number" ? String(item) : JSON.isRawJSON(item) ? item.rawJSON : undefined;
  const number = digits === undefined ? undefined : canonicalDecimal(digits);
  return number !== undefined && values.some((value) => canonicalDecimal(value) === number);
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((node, name) => (isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined), value);
}
