import type { Json } from "../../src/events/json.ts";
import { leavesOf, type Path, replaceAt } from "./bodies.ts";

/** Texts that something may be slow to read, that are about so long as JSON. */
export const hostileTexts: Readonly<Record<string, (length: number) => string>> = {
  "blanks between letters": (length) => `x${" ".repeat(length)}x`,
  brackets: (length) => "(".repeat(length),
  "closed brackets": (length) => "()".repeat(length / 2),
  arrows: (length) => "<-".repeat(length / 2),
  digits: (length) => "7".repeat(length),
  zeros: (length) => `${"0".repeat(length)}x`,
  "numbers with blanks": (length) => "+36 (1) ".repeat(length / 8),
  percent: (length) => "%".repeat(length),
  quotes: (length) => `${'"'.repeat(length / 2)}x`,
  "quoted commas": (length) => `"${',"'.repeat(length / 2)}`,
  commas: (length) => ",".repeat(length),
  braces: (length) => "{".repeat(length),
  "nested lists": (length) => "[".repeat(length),
  "a list as text": (length) => `[${"1,".repeat(length / 2)}1]`,
  "an object as text": (length) => `{"a":"${"b".repeat(length)}"}`,
  "combining marks": (length) => `e${"\u0301".repeat(length)}`,
  "half pairs": (length) => "\ud83d".repeat(length / 6),
  "control characters": (length) => "\u0000\uffff".repeat(length / 9),
  "a time with blanks": (length) => `2024-05-21T10:14:09${" ".repeat(length)}x`,
  "equals signs": (length) => `${"=".repeat(length)}x`,
};

/** What decides the kind must stay as it is, or nothing of the kind is read. */
const DECISIVE = new Set(["event", "object", "entity"]);

/** The places of a body where a sender may put any text. */
export function textPlaces(body: Json): Path[] {
  return leavesOf(body).filter((path) => path.length > 0 && !DECISIVE.has(String(path.at(-1))));
}

/** A body with the same text in all these places. */
export function withText(body: Json, places: readonly Path[], text: string): Json {
  return places.reduce((changed, place) => replaceAt(changed, place, text), body);
}

/** A body with a text in the place of each word that decides its kind. */
export function withDecisiveText(body: Json, text: string): Json {
  const decisive = leavesOf(body).filter((path) => DECISIVE.has(String(path.at(-1))));
  return withText(body, decisive, text);
}
