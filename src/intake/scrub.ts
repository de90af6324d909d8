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
  /** Names with dots between; `*` stands for any one, or any position in a list, which may also be left out. */
  readonly paths: readonly string[];
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
    paths,
    keyMembers: namesIn("body", auth),
    secrets,
  };
}

/** A place in a body: how deep, what is left of each path that led here, and whether it belongs to a payment. */
interface Place {
  readonly depth: number;
  readonly paths: readonly string[];
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
    if (Array.isArray(value)) return value.map((item: Json, position) => cleanItem(String(position), item, inside));
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        secrets.has(name) ? SCRUBBED : name,
        cleanMember(name, member, inside),
      ]),
    );
  }

  function cleanItem(position: string, item: Json, place: Place): Json {
    const left = follow(place.paths, position);
    if (left.includes("")) return blank(item);
    return clean(item, { ...place, paths: [...new Set([...place.paths, ...left])] });
  }

  function cleanMember(name: string, member: Json, place: Place): Json {
    const word = name.toLowerCase();
    const left = follow(place.paths, name);
    if (names.has(word) || (place.payment && word === "token") || left.includes("")) return blank(member);
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

/** What is left of the paths that lead through this name or position; `""` of one that ends here. */
function follow(paths: readonly string[], name: string): string[] {
  return paths.flatMap((path) => {
    const [first, ...rest] = path.split(".");
    return first === name || first === "*" ? [rest.join(".")] : [];
  });
}

/** An empty password is none, and tells that it did not change. */
function blank(value: Json): Json {
  return value === null || value === "" ? value : SCRUBBED;
}
