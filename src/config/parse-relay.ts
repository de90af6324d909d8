import * as z from "zod";
import { isObject, parseJson } from "../events/json.ts";
import { checkRelay } from "./check/relay.ts";
import { type Fault, type Parsed, parseDocument, toFaults } from "./documents/parse.ts";
import { readJsonText, withoutMark } from "./documents/read-json.ts";
import { readLeniently } from "./documents/read-leniently.ts";
import { keptRelay, type RelayDocument, relay } from "./schema/relay.ts";
import { writeWhereOut } from "./schema/where.ts";
import type { UrlRules } from "./url-rules.ts";

/** The configuration document. */
export function parseRelay(text: string, rules: UrlRules): Parsed<RelayDocument> {
  const exact = z.preprocess((value) => writeWhereOut(value, parseJson(withoutMark(text))), relay);
  const parsed = parseDocument(text, exact, (document) => checkRelay(document, rules));
  return parsed.state === "invalid" ? { ...parsed, faults: [...parsed.faults, ...furtherFaults(text, rules)] } : parsed;
}

/**
 * A configuration that was valid once: what this version does not understand any more is left out, part by part, and is a
 * fault.
 */
export function parseKeptRelay(text: string, rules: UrlRules): Parsed<RelayDocument> {
  const parsed = parseRelay(text, rules);
  const kept = parsed.state === "invalid" ? understand(text) : undefined;
  if (kept === undefined) return parsed;
  const { value, names, leftOut, sources } = kept;
  const faults = [...names, ...leftOut, ...checkRelay(value, rules, sources)];
  return faults.length === 0 ? { state: "valid", value } : { state: "faulty", value, faults };
}

interface Kept {
  readonly value: RelayDocument;
  readonly names: readonly Fault[];
  readonly leftOut: readonly Fault[];
  /** Ids of all sources, also of those that are left out. */
  readonly sources: string[];
}

function understand(text: string): Kept | undefined {
  try {
    const { value, ...read } = readJsonText(text);
    const understood = readLeniently(writeWhereOut(value, parseJson(withoutMark(text))), keptRelay);
    const sources = isObject(value) && isObject(value.sources) ? Object.keys(value.sources) : [];
    return understood && { value: understood.value, names: toFaults(read), leftOut: understood.faults, sources };
  } catch {
    return undefined;
  }
}

/** What else is wrong with a document that is not of the schema, so that whoever edits is told everything at once. */
function furtherFaults(text: string, rules: UrlRules): Fault[] {
  const kept = understand(text);
  if (kept === undefined) return [];
  const { value, names, leftOut, sources } = kept;
  const isLeftOut = touching(leftOut);
  return [...names, ...checkRelay(value, rules, sources).filter((fault) => !isLeftOut(fault))];
}

/**
 * Whether a path leads to one of these faults, or one of theirs to it: what is said of a part that is wrong or left out
 * says nothing of the document.
 */
export function touching(faults: readonly Fault[]): (fault: Fault) => boolean {
  const own = new Set(faults.map(({ path }) => path));
  const above = new Set(faults.flatMap(({ path }) => waysTo(path)));
  return ({ path }) => above.has(path) || waysTo(path).some((way) => own.has(way));
}

/** A path, and those of all that it is in. */
function waysTo(path: string): string[] {
  return path.split(".").map((_, steps, names) => names.slice(0, steps + 1).join("."));
}
