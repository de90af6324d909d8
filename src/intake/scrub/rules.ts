import type { KeyPlace, Vendor } from "../../vendors/vendor.ts";
import { namesIn } from "../keys/place-names.ts";
import type { LiveKeys } from "./live-keys.ts";
import { type JudgeName, nameJudge } from "./name-judge.ts";
import { fold, unnumbered } from "./secret-names.ts";

/** What must not be stored of a source's bodies. */
export interface Scrubbing {
  /** Names that the vendor and the source use for the key, folded: secret where an envelope has them. */
  readonly keyNames: ReadonlySet<string>;
  /** Members that carry the key, of the source or as the vendor usually does; they are left out. */
  readonly keyMembers: readonly string[];
  /** Folded names with dots between; `*` stands for any one, or any position in a list, which may also be left out. */
  readonly paths: readonly string[];
  readonly liveKeys: LiveKeys;
  /** What is known of a name, wherever it stands. */
  readonly judgeName: JudgeName;
  /** Nothing is stored of it, and it goes to its owner: of what is secret only keys go. */
  readonly isForOwner?: true | undefined;
}

/** What must be known of a source to know what of its bodies is secret. */
export interface ScrubbedSource {
  readonly vendor: Vendor;
  readonly auth: readonly KeyPlace[];
  /** Its own paths. */
  readonly scrub: readonly string[];
}

const known = new WeakMap<ScrubbedSource, Scrubbing>();

/** The rules of a source, made once for a configuration. */
export function scrubbingOf(source: ScrubbedSource, liveKeys: LiveKeys): Scrubbing {
  const there = known.get(source);
  if (there?.liveKeys === liveKeys) return there;
  const rules = rulesOf(source, liveKeys);
  known.set(source, rules);
  return rules;
}

function rulesOf({ vendor, auth, scrub }: ScrubbedSource, liveKeys: LiveKeys): Scrubbing {
  // The vendor's usual name is one, wherever this source has its key: else a change of that made another event of the same.
  const keyMembers = [...new Set([...namesIn("body", auth), ...namesIn("body", vendor.auth)])];
  const keyNames = [...keyMembers, ...namesIn("query", vendor.auth)];
  return {
    keyNames: new Set(keyNames.map((name) => unnumbered(fold(name)))),
    keyMembers,
    paths: scrub.map((path) => path.split(".").map(fold).join(".")),
    liveKeys,
    judgeName: nameJudge(liveKeys),
  };
}

/** The same for what the owner of the source is sent, and nobody keeps: a caller's own password is what is asked about. */
export function keyScrubbingOf(source: ScrubbedSource, liveKeys: LiveKeys): Scrubbing {
  const { vendor, auth } = source;
  const rules = scrubbingOf(source, liveKeys);
  const beside = [...namesIn("query", auth), ...namesIn("query", vendor.auth)];
  return { ...rules, keyMembers: [...rules.keyMembers, ...beside], paths: [], isForOwner: true };
}

/** What is left of the paths that lead through this name or position; `""` of one that ends here. */
export function follow(paths: readonly string[], name: string): readonly string[] {
  if (paths.length === 0) return paths;
  return paths.flatMap((path) => {
    if (path === name || path === "*") return [""];
    // A member's own name may have dots.
    if (path.startsWith(`${name}.`)) return [path.slice(name.length + 1)];
    return path.startsWith("*.") ? [path.slice("*.".length)] : [];
  });
}
