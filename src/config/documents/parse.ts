import type * as z from "zod";
import { type ReadText, readJsonText } from "./read-json.ts";

/** One thing that is wrong with a document, and where: `sources.acme.keys.0`. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/**
 * A document that was read. *Invalid*: not JSON, or not of its published schema. *Faulty*: of the schema, and wrong all
 * the same. Whoever edits is refused both; what somebody put into KV by hand is passed over when it is invalid, and in
 * force when it is faulty.
 */
export type Parsed<T> =
  | { readonly state: "valid"; readonly value: T }
  | { readonly state: "faulty"; readonly value: T; readonly faults: readonly Fault[] }
  | { readonly state: "invalid"; readonly faults: readonly Fault[] };

/**
 * Reads a JSON text by a schema; every fault is named with its path.
 * @param check what is wrong with a document of the schema, beyond names that stand twice
 * @param join what a text with names that stand twice says; the later ones, unless given
 */
export function parseDocument<T>(
  text: string,
  schema: z.ZodType<T>,
  check: (value: T) => readonly Fault[] = () => [],
  join?: (text: string) => unknown,
): Parsed<T> {
  let read: ReadText;
  try {
    read = readJsonText(text, join);
  } catch {
    return { state: "invalid", faults: [{ path: "", message: "not JSON" }] };
  }
  const result = schema.safeParse(read.value);
  if (!result.success) return { state: "invalid", faults: result.error.issues.flatMap((issue) => faultsOf(issue)) };
  const faults = [...toFaults(read.repeated), ...check(result.data)];
  return faults.length > 0 ? { state: "faulty", value: result.data, faults } : { state: "valid", value: result.data };
}

/** Names that stand twice, as faults. */
export function toFaults(repeated: ReadText["repeated"]): Fault[] {
  return repeated.map((path) => ({ path: path.join("."), message: "this name stands twice in the same object" }));
}

/** The alternative of a union that the author had in mind tells its faults: the only one of the right kind. */
function faultsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): Fault[] {
  const path = [...above, ...issue.path];
  const meant = issue.code === "invalid_union" ? issue.errors.filter((issues) => !issues.some(isOfWrongKind)) : [];
  const [alternative] = meant;
  return meant.length === 1 && alternative !== undefined
    ? alternative.flatMap((inner) => faultsOf(inner, path))
    : [{ path: path.join("."), message: issue.message }];
}

function isOfWrongKind({ code, path }: z.core.$ZodIssue): boolean {
  return path.length === 0 && (code === "invalid_type" || code === "invalid_value");
}
