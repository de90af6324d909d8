import type { Warning } from "../../events/draft.ts";
import { isObject, type Json, type JsonObject, MAX_DEPTH } from "../../events/json.ts";
import { ENVELOPE, enclosedBody } from "../../vendors/envelope.ts";
import { SCRUBBED } from "../../vendors/vendor.ts";
import { scalarText } from "../scalar-text.ts";
import { mayBeJson, readTextAsJson } from "./json-text.ts";
import { follow, type Scrubbing } from "./rules.ts";

/** This many texts of JSON, one inside the other, are opened. */
const MAX_TEXTS = 4;
/** What may lie round a vendor's body: its members count like those of the top. */
const ENVELOPES: readonly string[] = [ENVELOPE.body, "payload"];

/** A place in a body. */
interface Place {
  /** Levels of the body, or of the text that is JSON itself. */
  readonly depth: number;
  /** Texts of JSON round it. */
  readonly texts: number;
  /** What is left of each path that led here. */
  readonly paths: readonly string[];
  readonly inPayment: boolean;
  /** Names that stood twice were spelled apart. */
  readonly isApart: boolean;
  /** Its members stand at the top, or in an envelope there. */
  readonly isTop: boolean;
}

/** A body without secrets. `isLossy`: members of a text that is JSON went with them, because their names stood twice. */
export interface Scrubbed {
  readonly body: Json;
  readonly warnings: readonly Warning[];
  readonly isLossy: boolean;
}

/** Takes every secret out of a body. Pure; `__proto__` is a member like any other. What has none comes back as it is. */
export function scrub(body: Json, scrubbing: Scrubbing): Scrubbed {
  const { keyNames, paths, keyMembers, liveKeys, judgeName, isForOwner } = scrubbing;
  const warnings = new Set<Warning>();
  let isLossy = false;

  function clean(value: Json, place: Place): Json {
    if (typeof value === "string") return cleanText(value, place);
    if (!Array.isArray(value) && !isObject(value)) return cleanScalar(value);
    if (place.depth >= MAX_DEPTH) {
      warnings.add("nesting_pruned");
      return null;
    }
    const inside = { ...place, depth: place.depth + 1 };
    return Array.isArray(value) ? cleanList(value, { ...inside, isTop: false }) : cleanObject(value, inside);
  }

  function cleanScalar(value: Json): Json {
    if (typeof value === "string") return liveKeys.has(value) ? SCRUBBED : liveKeys.blank(value);
    return liveKeys.has(scalarText(value) ?? "") ? SCRUBBED : value;
  }

  function cleanText(text: string, place: Place): Json {
    const read = place.texts < MAX_TEXTS && !liveKeys.has(text) ? readTextAsJson(text) : undefined;
    if (read === undefined) return cleanScalar(text);
    const { json, apart } = read;
    const inside = { ...place, depth: 0, texts: place.texts + 1 };
    const cleaned = clean(json, inside);
    const isChanged = cleaned !== json || (apart !== undefined && clean(apart, { ...inside, isApart: true }) !== apart);
    isLossy ||= isChanged && apart !== undefined;
    return liveKeys.blank(isChanged ? JSON.stringify(cleaned) : text);
  }

  function cleanList(list: readonly Json[], place: Place): readonly Json[] {
    const items = list.map((item, position) => {
      const left = follow(place.paths, String(position));
      if (left.includes("")) return blank(item);
      return clean(item, left.length === 0 ? place : { ...place, paths: [...new Set([...place.paths, ...left])] });
    });
    return items.some((item, position) => item !== list[position]) ? items : list;
  }

  function cleanObject(object: JsonObject, place: Place): JsonObject {
    const names = Object.keys(object);
    const values: Json[] = [];
    let isChanged = false;
    for (const name of names) {
      const value = object[name] ?? null;
      const cleaned = cleanMember(name, value, place);
      values.push(cleaned);
      isChanged ||= cleaned !== value || judgeName(name).shown !== name;
    }
    if (!isChanged) return object;
    const shown = makeUnlike(names.map((name) => judgeName(name).shown));
    return Object.fromEntries(shown.map((name, at) => [name, values[at] ?? null]));
  }

  function cleanMember(name: string, value: Json, place: Place): Json {
    const { folded, word, secrecy: usual, inPayment } = judgeName(name);
    const left = follow(place.paths, folded);
    const isKey = place.isTop && keyNames.has(word);
    const secrecy = isKey ? "whole" : isForOwner ? undefined : place.inPayment ? inPayment : usual;
    if (secrecy === "whole" || left.includes("")) return blank(value);
    // `hasPassword: true` is no secret.
    if (secrecy === "ending" && typeof value !== "boolean") return blank(value);
    if (isPlain(value)) return cleanScalar(value);
    const plain = place.isApart ? folded : name;
    return clean(value, {
      ...place,
      paths: place.isTop && place.depth === 1 && plain === ENVELOPE.body ? [...left, ...paths] : left,
      inPayment: place.inPayment || word === "payment",
      isTop: place.isTop && ENVELOPES.includes(plain),
    });
  }

  const start = { depth: 0, texts: 0, paths, inPayment: false, isApart: false, isTop: true };
  const cleaned = clean(unwrap(body, keyMembers), start);
  return { body: cleaned, warnings: [...warnings], isLossy };
}

/** Whether a value has nothing inside: it is neither a list nor an object, nor a text that may be one. */
function isPlain(value: Json): boolean {
  return typeof value === "string" ? !mayBeJson(value) : typeof value !== "object" || value === null;
}

/** The body without its envelope's headers and without its key, at the top and within the envelope. */
function unwrap(body: Json, keyMembers: readonly string[]): Json {
  if (!isObject(body)) return body;
  const top = without(body, [ENVELOPE.headers, ...keyMembers]);
  const inner = enclosedBody(top);
  return inner === undefined ? top : { ...top, [ENVELOPE.body]: without(inner, keyMembers) };
}

function without(value: JsonObject, names: readonly string[]): JsonObject {
  if (!names.some((name) => Object.hasOwn(value, name))) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** Members whose names held a key are as many as before. */
function makeUnlike(names: readonly string[]): string[] {
  const taken = new Map<string, number>();
  return names.map((name) => {
    let unlike = name;
    let number = taken.get(name) ?? 1;
    for (; taken.has(unlike); number++) unlike = `${name} ${number + 1}`;
    taken.set(name, number).set(unlike, taken.get(unlike) ?? 1);
    return unlike;
  });
}

/** An empty password is none, and tells that it did not change. */
function blank(value: Json): Json {
  return value === null || value === "" ? value : SCRUBBED;
}
