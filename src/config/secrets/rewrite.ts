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

/** A document with other texts at some of its paths. */
export function rewrite(value: Json, written: readonly Written[], path: Path = []): Json {
  const own = written.find((one) => one.path.length === path.length && startsWith(one.path, path));
  if (own !== undefined) return own.text;
  if (!written.some((one) => startsWith(one.path, path))) return value;
  if (Array.isArray(value)) return value.map((item: Json, position) => rewrite(item, written, [...path, position]));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, rewrite(member, written, [...path, name])]),
  );
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, position) => path[position] === step);
}

/** The text at a path; empty where there is none. */
export function textAt(document: Json, path: Path): string {
  const found = path.reduce<Json>(
    (value, step) => (isObject(value) && Object.hasOwn(value, step) ? (value[step] ?? null) : null),
    document,
  );
  return typeof found === "string" ? found : "";
}
