import type * as z from "zod";
import { issueText } from "../../platform/text/issue-text.ts";
import { mendWord } from "../../platform/text/mend-word.ts";
import { explainJson } from "./explain-json.ts";
import { type ReadText, readJsonText } from "./read-json.ts";
import { namesAt } from "./schema-names.ts";

/** One thing that is wrong with a document, and where: `sources.acme.keys.0`. */
export interface Fault {
  readonly path: string;
  readonly message: string;
  /** What may have been meant. */
  readonly near?: string | undefined;
  /** Where it stands in the text, from 1, where somebody looked. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
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
    return { state: "invalid", faults: [{ path: "", ...explainJson(text) }] };
  }
  const result = schema.safeParse(read.value);
  if (!result.success) {
    const document = { schema, value: read.value };
    return { state: "invalid", faults: result.error.issues.flatMap((issue) => faultsOf(issue, document)) };
  }
  const faults = [...toFaults(read), ...check(result.data)];
  return faults.length > 0 ? { state: "faulty", value: result.data, faults } : { state: "valid", value: result.data };
}

/** Names that stand twice, and those that nothing can have, as faults. */
export function toFaults({ repeated, unnameable }: Pick<ReadText, "repeated" | "unnameable">): Fault[] {
  return [
    ...repeated.map((path) => ({ path: path.join("."), message: "this name stands twice in the same object" })),
    ...unnameable.map((path) => ({ path: path.join("."), message: "nothing can have this name: choose another" })),
  ];
}

/** What was read, and the schema that it is not of. */
interface Misfit {
  readonly schema: z.core.$ZodType;
  readonly value: unknown;
}

/** The alternative of a union that the author had in mind tells its faults: the only one of the right kind. */
function faultsOf(issue: z.core.$ZodIssue, document: Misfit, above: readonly PropertyKey[] = []): Fault[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") return issue.keys.map((name) => unknownName(name, path, document));
  const meant = issue.code === "invalid_union" ? issue.errors.filter((issues) => !issues.some(isOfWrongKind)) : [];
  const [alternative] = meant;
  if (meant.length === 1 && alternative !== undefined) {
    return alternative.flatMap((inner) => faultsOf(inner, document, path));
  }
  const written = issue.code === "invalid_value" ? valueAt(document.value, path) : undefined;
  const words = issue.code === "invalid_value" ? issue.values.map(String) : [];
  return [withNear({ path: path.join("."), message: issueText(issue) }, String(written ?? ""), words)];
}

function unknownName(name: string, path: readonly PropertyKey[], { schema }: Misfit): Fault {
  const fault = { path: [...path, name].join("."), message: "no such member" };
  return withNear(fault, name, namesAt(schema, path));
}

/** A fault with the name that may have been meant, if one is near. */
export function withNear(fault: Fault, written: string, names: Iterable<string>): Fault {
  const near = mendWord(written, names);
  return near === undefined ? fault : { ...fault, near };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (node, step) => (typeof node === "object" && node !== null ? Reflect.get(node, step) : undefined),
    value,
  );
}

function isOfWrongKind({ code, path }: z.core.$ZodIssue): boolean {
  return path.length === 0 && (code === "invalid_type" || code === "invalid_value");
}
