import type { Json } from "../../events/json.ts";
import { sourceId } from "../schema/source.ts";
import { type Path, urlBeside } from "./find-secrets.ts";
import type { Use } from "./reference.ts";
import { textAt } from "./rewrite.ts";
import type { SealedPlace } from "./sealed.ts";
import { originOf } from "./secret-url.ts";

/** `sources.acme.keys`, with or without the number in a list; what comes after `headers.` is a name, dots and all. */
const PLACES: readonly (readonly [use: Use, part: SealedPlace["part"], rest: RegExp])[] = [
  ["key", "sources", /^keys(?:\.\d+)?$/],
  ["encryption", "sources", /^encryption(?:\.\d+)?(?:\.key)?$/],
  ["signing", "sources", /^responders\.[^.]+\.secrets(?:\.\d+)?$/],
  ["header", "sources", /^responders\.[^.]+\.headers\..+$/],
  ["signing", "destinations", /^secrets(?:\.\d+)?$/],
  ["header", "destinations", /^headers\..+$/],
];

/** The place that a path of a configuration names, such as `sources.acme.keys.0`; undefined where no secret stands. */
export function placeNamed(path: string): Omit<SealedPlace, "origin"> | undefined {
  const [part, id = "", ...steps] = path.split(".");
  const found = PLACES.find(([, list, rest]) => list === part && rest.test(steps.join(".")));
  return found === undefined || !sourceId.safeParse(id).success ? undefined : { part: found[1], id, use: found[0] };
}

/** The place where a secret of a configuration stands. */
export function placeAt(path: Path, use: Use, document: Json): SealedPlace {
  const [part, id = ""] = path;
  const origin = use === "header" ? originOf(textAt(document, urlBeside(path))) : undefined;
  return { part: part === "sources" ? part : "destinations", id: String(id), use, origin };
}
