import * as z from "zod";
import { parseJson } from "../../events/json.ts";
import { checkRelay } from "../check/relay.ts";
import { type Fault, type Parsed, parseDocument } from "../documents/parse.ts";
import { readJsonText } from "../documents/read-json.ts";
import { readLeniently } from "../documents/read-leniently.ts";
import { DEFAULT_PORTS, type UrlRules } from "../url-rules.ts";
import { destination } from "./destination.ts";
import { source, sourceId } from "./source.ts";
import { writeWhereOut } from "./where.ts";

/** The document at key `relay` of the `CONFIG` namespace. */
export const relay = z.strictObject({
  $schema: z.string().optional(),
  sources: z.record(sourceId, source),
  destinations: z.record(sourceId, destination).default({}),
});

export type RelayDocument = z.infer<typeof relay>;

/** What cannot be without its keys, URL or secrets is still there when these are not understood: its deliveries wait. */
const keptSource = source.extend({ keys: source.shape.keys.default([]) });
const keptDestination = destination.extend({
  url: destination.shape.url.default(""),
  secrets: destination.shape.secrets.default([]),
});
const keptRelay = relay.extend({
  sources: z.record(sourceId, keptSource),
  destinations: z.record(sourceId, keptDestination).default({}),
});

/**
 * The configuration document.
 * @param allowPrivate destinations may be http and private (local development)
 * @param ports those that destinations may name
 * @param publicUrl where the relay itself is reached
 */
export function parseRelay(
  text: string,
  allowPrivate: boolean,
  ports: readonly number[] = DEFAULT_PORTS,
  publicUrl?: string,
): Parsed<RelayDocument> {
  const rules = { allowPrivate, ports, publicUrl };
  const exact = z.preprocess((value) => writeWhereOut(value, parseJson(withoutMark(text))), relay);
  const parsed = parseDocument(text, exact, (document) => checkRelay(document, rules));
  return parsed.state === "invalid" ? { ...parsed, faults: [...parsed.faults, ...furtherFaults(text, rules)] } : parsed;
}

/**
 * A configuration that was valid once: what this version does not understand any more is left out, part by part, and is a
 * fault.
 */
export function parseKeptRelay(text: string, rules: UrlRules): Parsed<RelayDocument> {
  const parsed = parseRelay(text, rules.allowPrivate, rules.ports, rules.publicUrl);
  const kept = parsed.state === "invalid" ? understand(text) : undefined;
  if (kept === undefined) return parsed;
  const { value, twice, leftOut } = kept;
  const faults = [...twice, ...leftOut, ...checkRelay(value, rules)];
  return faults.length === 0 ? { state: "valid", value } : { state: "faulty", value, faults };
}

interface Kept {
  readonly value: RelayDocument;
  readonly twice: readonly Fault[];
  readonly leftOut: readonly Fault[];
}

function understand(text: string): Kept | undefined {
  try {
    const { value, repeated } = readJsonText(text);
    const understood = readLeniently(writeWhereOut(value, parseJson(withoutMark(text))), keptRelay);
    const twice = repeated.map((path) => ({ path: path.join("."), message: TWICE }));
    return understood && { value: understood.value, twice, leftOut: understood.faults };
  } catch {
    return undefined;
  }
}

const TWICE = "this name stands twice in the same object";

/** What else is wrong with a document that is not of the schema, so that whoever edits is told everything at once. */
function furtherFaults(text: string, rules: UrlRules): Fault[] {
  const kept = understand(text);
  if (kept === undefined) return [];
  const { value, twice, leftOut } = kept;
  return [...twice, ...checkRelay(value, rules).filter((fault) => !leftOut.some((part) => touches(part, fault)))];
}

/** Whether one path leads to the other: what is said of a part that was left out says nothing of the document. */
function touches({ path: one }: Fault, { path: other }: Fault): boolean {
  return `${one}.`.startsWith(`${other}.`) || `${other}.`.startsWith(`${one}.`);
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}
