import type { Fault } from "./parse.ts";

/** A fault or remark in words: where it is, what it is, and what may have been meant. */
export function faultText({ path, message, near, line, column }: Fault): string {
  const place = line === undefined ? "" : ` (line ${line}, column ${column})`;
  const meant = near === undefined ? "" : `; did you mean ${near}?`;
  return `${path === "" ? "the document" : path}: ${message}${meant}${place}`;
}
