import * as z from "zod";
import type { Fault } from "./documents/parse.ts";

/** Stands where a secret is not shown. */
export const HIDDEN = "***";

type Path = readonly (string | number)[];

interface Secret {
  readonly path: Path;
  readonly value: string;
}

const json = z.json();
type Json = z.infer<typeof json>;

/** Where a configuration has values that may be secrets: `*` is any member. */
const PLACES: readonly Path[] = [
  ["sources", "*", "keys", "*"],
  ["sources", "*", "encryption", "*", "key"],
  ["sources", "*", "guard", "ask"],
  ["destinations", "*", "secrets", "*"],
  ["destinations", "*", "headers", "*"],
];

/** A configuration as the API shows it: whatever may be a secret, and is no reference to one, as `***`. */
export function hideSecrets(text: string): string {
  const document = json.parse(JSON.parse(text));
  const hidden = findSecrets(document).map(({ path }) => ({ path, value: HIDDEN }));
  return hidden.length === 0 ? text : print(put(document, hidden));
}

/**
 * An edited configuration with each `***` replaced by the secret that it stands for: in a list by their order, so the
 * edited list needs as many `***` as the kept one has secrets.
 * @param text of the edited configuration, JSON
 * @param kept text of the one that was shown; undefined when there was none
 */
export function restoreSecrets(text: string, kept: string | undefined): { text: string } | { faults: Fault[] } {
  const edited = json.parse(JSON.parse(text));
  const blanks = groupByList(findSecrets(edited).filter(({ value }) => value === HIDDEN));
  if (blanks.size === 0) return { text };
  const secrets = groupByList(kept === undefined ? [] : findSecrets(json.parse(JSON.parse(kept))));
  const restored: Secret[] = [];
  const faults: Fault[] = [];
  for (const [list, blanksOfList] of blanks) {
    const kept = secrets.get(list) ?? [];
    for (const [position, { path }] of blanksOfList.entries()) {
      const secret = kept[position];
      if (secret !== undefined && kept.length === blanksOfList.length) restored.push({ path, value: secret.value });
      else faults.push({ path: path.join("."), message: explain(kept.length) });
    }
  }
  return faults.length > 0 ? { faults } : { text: print(put(edited, restored)) };
}

function explain(kept: number): string {
  return kept === 0
    ? "*** stands for a secret that is kept, and here none is"
    : `it is not clear which of the ${kept} secrets that are kept *** stands for; write the value, or better env:NAME`;
}

/** Secrets of one list belong together; any other stands alone. */
function groupByList(secrets: readonly Secret[]): Map<string, Secret[]> {
  const groups = new Map<string, Secret[]>();
  for (const secret of secrets) {
    const { path } = secret;
    const list = JSON.stringify(typeof path.at(-1) === "number" ? path.slice(0, -1) : path);
    groups.set(list, [...(groups.get(list) ?? []), secret]);
  }
  return groups;
}

function findSecrets(document: Json): Secret[] {
  return PLACES.flatMap((place) => findAt(document, place, [])).filter(({ value }) => !value.startsWith("env:"));
}

function findAt(value: Json | undefined, [step, ...rest]: Path, path: Path): Secret[] {
  if (step === undefined) return typeof value === "string" ? [{ path, value }] : [];
  if (Array.isArray(value)) {
    return step === "*" ? value.flatMap((item, position) => findAt(item, rest, [...path, position])) : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    step === "*" || step === name ? findAt(member, rest, [...path, name]) : [],
  );
}

function put(value: Json, secrets: readonly Secret[], path: Path = []): Json {
  const own = secrets.find((secret) => secret.path.length === path.length && startsWith(secret.path, path));
  if (own !== undefined) return own.value;
  if (!secrets.some((secret) => startsWith(secret.path, path))) return value;
  if (Array.isArray(value)) return value.map((item, position) => put(item, secrets, [...path, position]));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, put(member, secrets, [...path, name])]),
  );
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, position) => path[position] === step);
}

function print(document: Json): string {
  return JSON.stringify(document, undefined, 2);
}
