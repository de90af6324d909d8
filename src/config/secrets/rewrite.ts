import { isObject, type Json, parseJson } from "../../events/json.ts";
import { withoutMark } from "../documents/read-json.ts";
import type { Path } from "./find-secrets.ts";

/** A text that is to stand at a path of a document. */
export interface Written {
  readonly path: Path;
  readonly text: string;
}

/** Reads a document with every digit, and without the byte order mark that a file may begin with. */
export function readDocument(text: string): Json {
  return parseJson(withoutMark(text));
}

/** The text of a document. */
export function printDocument(document: Json): string {
  return JSON.stringify(document, undefined, 2);
}

/** A document with other texts at some of its paths; each step goes on with those alone that lead there. */
export function rewrite(value: Json, written: readonly Written[]): Json {
  if (written.length === 0) return value;
  const own = written.find(({ path }) => path.length === 0);
  if (own !== undefined) return own.text;
  const below = Map.groupBy(written, ({ path: [step] }) => String(step));
  const into = (name: string) => (below.get(name) ?? []).map(({ path, text }) => ({ path: path.slice(1), text }));
  if (Array.isArray(value)) return value.map((item: Json, position) => rewrite(item, into(String(position))));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, rewrite(member, into(name))]));
}

/** The text at a path; empty where there is none. */
export function textAt(document: Json, path: Path): string {
  const found = memberAt(document, path);
  return typeof found === "string" ? found : "";
}

/** The texts of a list at a path; undefined where there is none, or it has anything else. */
export function textsAt(document: Json, path: Path): readonly string[] | undefined {
  const found = memberAt(document, path);
  if (!Array.isArray(found)) return undefined;
  const texts = found.flatMap((item: Json) => (typeof item === "string" ? item : []));
  return texts.length === found.length ? texts : undefined;
}

/** A document with another list of texts at a path of names. */
export function placeTexts(document: Json, [step, ...rest]: Path, texts: readonly string[]): Json {
  if (step === undefined) return texts;
  if (!isObject(document)) return document;
  return Object.fromEntries(
    Object.entries(document).map(([name, member]) => [name, name === step ? placeTexts(member, rest, texts) : member]),
  );
}

function memberAt(document: Json, path: Path): Json {
  return path.reduce<Json>(
    (value, step) => (isObject(value) && Object.hasOwn(value, step) ? (value[step] ?? null) : null),
    document,
  );
}
