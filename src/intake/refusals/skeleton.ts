import { isObject, type Json } from "../../events/json.ts";
import type { LiveKeys } from "../scrub/live-keys.ts";

const MAX_SKELETON_BYTES = 2048;
/** Enough of an unreadable text to find the names that fill a skeleton. */
const MAX_TEXT_CHARACTERS = 65_536;

/** The member names of a scrubbed body, its values blanked, as JSON text of 2 KB at most (cut, if longer). */
export function skeletonOf(body: Json): string {
  return cut(JSON.stringify(blank(body)));
}

/** What looks like member names in a text that is no JSON; names with a key in them are left out. */
export function skeletonOfText(text: string, liveKeys: LiveKeys): string {
  const names = [...text.slice(0, MAX_TEXT_CHARACTERS).matchAll(/"([A-Za-z_][\w.-]{0,63})"\s*:/g)].map(
    ([, name = ""]) => name,
  );
  return cut(
    JSON.stringify(Object.fromEntries(names.filter((name) => !liveKeys.isIn(name)).map((name) => [name, ""]))),
  );
}

/** The first item of a list stands for all. */
function blank(value: Json): Json {
  if (Array.isArray(value)) return value.slice(0, 1).map(blank);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, blank(member)]));
  return "";
}

/** Cuts between characters. */
function cut(text: string): string {
  const bytes = new TextEncoder().encode(text).subarray(0, MAX_SKELETON_BYTES);
  return new TextDecoder().decode(bytes, { stream: true });
}
