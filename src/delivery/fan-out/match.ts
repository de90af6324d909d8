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
    destination.events.some((pattern) => matchesType(pattern, event.type)) &&
    (isOfRelay(event.type) ? wantsIncident(destination, event) : wantsSource(destination, sourceOf(event.source))) &&
    Object.entries(destination.where).every(([path, values]) => matchesPath(event, path, values))
  );
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
