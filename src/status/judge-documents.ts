import type { DocumentFacts, Facts, PlacedFault } from "./facts.ts";
import type { Found } from "./finding.ts";
import { many } from "./say.ts";
import { howToSet } from "./words.ts";

/** Configuration, maps, secrets and settings. */
export function judgeDocuments({ at, config, maps, settings, unset }: Facts): Found[] {
  const names = [...new Set(unset.map(({ name }) => name))];
  return [
    ...judgeDocument("config", config),
    ...maps.flatMap(({ source, ...map }) => judgeDocument("permissions", map, source)),
    ...names.map((name): Found => {
      const paths = unset.filter((one) => one.name === name).map(({ path }) => path);
      return {
        kind: "secret_unset",
        subject: name,
        sentence: `${name} is not set, and ${paths.join(", ")} ${paths.length === 1 ? "needs" : "need"} it`,
        next: howToSet(name, at === undefined),
      };
    }),
    ...settings.map((kind) => ({ kind })),
  ];
}

function judgeDocument(
  document: "config" | "permissions",
  { state, faults, faulty }: DocumentFacts,
  source?: string,
): Found[] {
  const whose = source === undefined ? "the configuration" : `the permission map of ${source}`;
  const about = source === undefined ? {} : { subject: source };
  return [
    ...(state === "unreadable"
      ? [{ kind: `${document}_unreadable` as const, ...about, ...saying(source, "cannot be read") }]
      : []),
    ...(state === "missing" && document === "permissions"
      ? [{ kind: "permissions_missing" as const, ...about, ...saying(source, "is missing: nobody is let in") }]
      : []),
    ...(faults.length > 0 && state !== "missing"
      ? [{ kind: `${document}_invalid` as const, ...about, sentence: `${whose} in KV is passed over: ${told(faults)}` }]
      : []),
    ...(faulty.length > 0
      ? [{ kind: `${document}_faulty` as const, ...about, sentence: `${whose} is faulty: ${told(faulty)}` }]
      : []),
  ];
}

/** Of a map, whose it is; of the configuration, there is one only. */
function saying(source: string | undefined, what: string): { sentence?: string } {
  if (source === undefined) return {};
  return { sentence: `the permission map of ${source} ${what}` };
}

/** Below these stand people. */
const PEOPLE = /^(access|users|usernames)\..*/s;

/** The first fault, and how many others there are. Whoever may see that there is one need not see whose rule it is in. */
function told(faults: readonly PlacedFault[]): string {
  const [first, ...others] = faults;
  const place = first?.path === "" ? "" : `${first?.path.replace(PEOPLE, "$1.…")}: `;
  return `${place}${first?.message}${others.length === 0 ? "" : `, and ${many(others.length, "other fault", "other faults")}`}`;
}
