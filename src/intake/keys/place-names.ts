import type { KeyPlace } from "../../vendors/vendor.ts";

const DEFAULT_NAMES = {
  query: "key",
  header: "authorization",
  body: "key",
  basic: "authorization",
  path: "",
} as const satisfies Record<KeyPlace["in"], string>;

/** The name of a place; empty where it has none. */
export function placeNameOf(place: KeyPlace): string {
  return place.name ?? DEFAULT_NAMES[place.in];
}

/** The names under which keys may stand in one kind of place. */
export function namesIn(kind: KeyPlace["in"], places: readonly KeyPlace[]): string[] {
  return places.filter((place) => place.in === kind).map(placeNameOf);
}

/** A place in words: `query secret-key`. */
export function describePlace(place: KeyPlace): string {
  return `${place.in} ${placeNameOf(place)}`.trim();
}
