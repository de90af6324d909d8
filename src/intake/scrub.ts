import type { Source } from "../config/load.ts";
import type { Warning } from "../events/draft.ts";
import { isObject, type Json, type JsonObject, MAX_DEPTH } from "../events/json.ts";
import { SCRUBBED } from "../vendors/vendor.ts";
import { namesIn } from "./keys/places.ts";
import { scalarText } from "./scalar-text.ts";

/** Members that are secret by their name, wherever they stand. */
const SECRET_NAMES = ["password", "passwd", "pwd", "secret", "cvv", "cvc"];

/** What must not be stored of a source's bodies. */
export interface Scrubbing {
  /** In lower case. */
  readonly names: ReadonlySet<string>;
  /** Each a list of member names; `*` stands for any one. */
  readonly paths: readonly Path[];
  /** Members that carry the source's own key. */
  readonly keyMembers: readonly string[];
  readonly secrets: ReadonlySet<string>;
}

/** The names that a vendor uses for its key are secret in all its bodies. */
export function scrubbingOf(
  { vendor, auth, scrub: paths }: Pick<Source, "vendor" | "auth" | "scrub">,
  secrets: ReadonlySet<string>,
): Scrubbing {
  return {
    names: new Set([...SECRET_NAMES, ...namesIn("body", vendor.auth)].map((name) => name.toLowerCase())),
    paths: paths.map((path) => path.split(".")),
    keyMembers: namesIn("body", auth),
    secrets,
  };
}

type Path = readonly string[];

/** A place in a body: how deep, what is left of each path that led here, and whether it belongs to a payment. */
interface Place {
  readonly depth: number;
  readonly paths: readonly Path[];
  readonly payment: boolean;
}

/** Takes every secret out of a body. Pure; `__proto__` is a member like any other. */
export function scrub(body: Json, scrubbing: Scrubbing): { body: Json; warnings: readonly Warning[] } {
  const { names, paths, keyMembers, secrets } = scrubbing;
  const warnings = new Set<Warning>();

  function clean(value: Json, place: Place): Json {
    if (!Array.isArray(value) && !isObject(value)) return secrets.has(scalarText(value) ?? "") ? SCRUBBED : value;
    if (place.depth >= MAX_DEPTH) {
      warnings.add("nesting_pruned");
      return null;
    }
    const inside = { ...place, depth: place.depth + 1 };
    if (Array.isArray(value)) return value.map((item: Json) => clean(item, inside));
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        secrets.has(name) ? SCRUBBED : name,
        cleanMember(name, member, inside),
      ]),
    );
  }

  function cleanMember(name: string, member: Json, place: Place): Json {
    const word = name.toLowerCase();
    const left = place.paths.filter(([first]) => first === name || first === "*").map(([, ...rest]) => rest);
    const secret = names.has(word) || (place.payment && word === "token") || left.some(({ length }) => length === 0);
    if (secret) return isNothing(member) ? member : SCRUBBED;
    const isEnvelope = place.depth === 1 && name === "json";
    const payment = place.payment || word === "payment";
    return clean(member, { ...place, paths: isEnvelope ? [...left, ...paths] : left, payment });
  }

  const start = { depth: 0, paths, payment: false };
  return { body: clean(unwrap(body, keyMembers), start), warnings: [...warnings] };
}

/** The body without the sender's `headers` and without its key, at the top and inside `json`. */
function unwrap(body: Json, keyMembers: readonly string[]): Json {
  if (!isObject(body)) return body;
  const top = without(body, ["headers", ...keyMembers]);
  const inner = Object.hasOwn(top, "json") ? top.json : undefined;
  return isObject(inner) ? { ...top, json: without(inner, keyMembers) } : top;
}

function without(value: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** An empty password is none, and tells that it did not change. */
function isNothing(value: Json): boolean {
  return value === null || value === "";
}
