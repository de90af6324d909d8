import type * as z from "zod";
import { isObject, type Json, type JsonObject } from "../events/json.ts";
import { readNumber, readText } from "../events/values/read.ts";
import { idOrStar, nameOrStar, shapeOf, wordOrShape } from "./drift-words.ts";
import { type Expected, hasExpectedField, type Labelled, namesOf } from "./expected.ts";
import { labelOf, type SourceSettings } from "./source-settings.ts";
import { readField } from "./values/fields.ts";
import { SCRUBBED, type Vendor, type WebhookContent } from "./vendor.ts";

/** Something in a webhook that nobody expected; it breaks nothing. */
export interface Strange {
  /** Where it stands, and what looks like a word: `payment.callQuality`, `payment.status=refunded`, `labels.disposition.51`. */
  readonly path: string;
  /** A member that no schema knows, one that cannot be read any more, a new word, or something without a label. */
  readonly what: "unknown_field" | "unreadable_field" | "unknown_word" | "unlisted_label";
  /** Type and length of what came, never the value: `text, 24 characters`. */
  readonly sample: string;
}

/** More findings of one webhook say the same. */
const MAX_FINDINGS = 20;
/** More items of one list are not looked at. */
const MAX_ITEMS = 20;

/** Words for nothing: `-1`, `0`, `0000-00-00 00:00:00`. */
const NOTHING = /^(-1|[0\s:T.-]+)$/;
/** No word for nothing is longer; characters. */
const MAX_NOTHING = 32;

/** What nobody expected in a webhook, each thing once. Pure, and never throws for any body. */
export function findStrange(vendor: Vendor, webhook: WebhookContent, source: SourceSettings): Strange[] {
  const found = vendor.expected?.(webhook, source);
  // A body without any known field is an unknown event as a whole.
  if (found === undefined || !hasExpectedField(found.body, found.expected)) return [];
  const strange = new Map(walk(found.body, found.expected, "", source).map((one) => [`${one.what} ${one.path}`, one]));
  return [...strange.values()].slice(0, MAX_FINDINGS);
}

function walk(object: JsonObject, expected: Expected, at: string, source: SourceSettings): Strange[] {
  const nameOf = namesOf(expected);
  const members = Object.entries(object).flatMap(([sent, value]): Strange[] => {
    const name = nameOf(sent);
    const path = `${at}${nameOrStar(sent)}`;
    if (name !== undefined) return walkMember(value, name, expected, path, source);
    return expected.open ? [] : [{ path, what: "unknown_field", sample: shapeOf(value) }];
  });
  return [...members, ...(expected.labels?.(object) ?? []).flatMap((labelled) => withoutLabel(labelled, source))];
}

function walkMember(value: Json, name: string, expected: Expected, path: string, source: SourceSettings): Strange[] {
  const field = expected.schema.shape[name];
  const inner = expected.within?.[name];
  const isKnownWord = expected.words?.[name];
  const word = readText(value);
  const unreadable = field !== undefined && isUnreadable(field, value);
  const unknownWord = word !== undefined && word !== SCRUBBED && isKnownWord?.(word) === false;
  return [
    ...(unreadable ? [{ path, what: "unreadable_field" as const, sample: shapeOf(value) }] : []),
    ...(unknownWord
      ? [{ path: `${path}=${wordOrShape(word)}`, what: "unknown_word" as const, sample: shapeOf(value) }]
      : []),
    ...(inner === undefined ? [] : walkObjects(value, inner, path, source)),
  ];
}

/** An object, a list of objects, or PHP's numbered object. */
function walkObjects(value: Json, expected: Expected, path: string, source: SourceSettings): Strange[] {
  const isList = Array.isArray(value) || (isObject(value) && Object.keys(value).every((name) => /^\d+$/.test(name)));
  if (!isList) return isObject(value) ? walk(value, expected, `${path}.`, source) : [];
  return Object.values(value)
    .slice(0, MAX_ITEMS)
    .flatMap((item: Json) => (isObject(item) ? walk(item, expected, `${path}[].`, source) : []));
}

/** Whether a value that is one reads as nothing: its type is not what it was. */
function isUnreadable(field: z.core.$ZodType, value: Json): boolean {
  if (isNothing(value)) return false;
  const read = readField(field, value);
  return read === undefined || (Array.isArray(read) && read.length === 0);
}

function isNothing(value: Json): boolean {
  if (value === null || value === false || value === SCRUBBED) return true;
  if (Array.isArray(value) || isObject(value)) return Object.keys(value).length === 0;
  const text = readText(value);
  if (text === undefined) return value !== true;
  return readNumber(text) === -1 || readNumber(text) === 0 || (text.length <= MAX_NOTHING && NOTHING.test(text));
}

function withoutLabel({ kind, ids, own }: Labelled, source: SourceSettings): Strange[] {
  const known = ids.flatMap((id) => id ?? []);
  const [name] = known;
  if (name === undefined || known.some((id) => labelOf(source, kind, id) !== undefined)) return [];
  if (!own && source.labels?.[kind] === undefined) return [];
  return [{ path: `labels.${kind}.${idOrStar(name)}`, what: "unlisted_label", sample: shapeOf(name) }];
}
