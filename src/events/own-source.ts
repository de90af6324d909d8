/** The source of what the relay sends to itself. No configuration can have it: ids begin with a letter or a digit. */
export const OWN_SOURCE = "-";

/** The source of what the relay tells of itself, and the `source` of such events. */
export const RELAY_SOURCE = "/relay";

const SOURCES = "/sources/";

/** A source as events name it. */
export function sourceUri(source: string): string {
  return source === RELAY_SOURCE ? RELAY_SOURCE : `${SOURCES}${source}`;
}

/** The source that an event names. */
export function sourceOf(uri: string): string {
  return uri.startsWith(SOURCES) ? uri.slice(SOURCES.length) : uri;
}

/** How people call a source: the relay has some of its own, for its self-test and for what it tells of itself. */
export function sourceName(id: string): string {
  if (id === OWN_SOURCE) return "self-test";
  return id === RELAY_SOURCE ? "the relay itself" : id;
}
