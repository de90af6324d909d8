import { type ConfigDifference, compareConfigs } from "../../config/compare.ts";
import { locate } from "../../config/documents/locate.ts";
import { parseKeptRelay, parseRelay } from "../../config/parse-relay.ts";
import { findSecrets } from "../../config/secrets/find-secrets.ts";
import { hideSecrets } from "../../config/secrets/hide-secrets.ts";
import { hasHidden } from "../../config/secrets/secret-url.ts";
import { isObject } from "../../events/json.ts";
import { refuseFaults } from "../faults.ts";
import { openRelayClient, type RelayOptions, RelayRefusal } from "../relay/client.ts";
import { readNamedFile } from "../relay/read-file.ts";
import { columns, paint } from "../terminal.ts";

/** `json`: for programs. */
export interface DiffOptions extends RelayOptions {
  readonly json?: boolean | undefined;
}

/** A relay without a configuration. */
const NOTHING = '{"sources":{}}';
const RULES = { allowPrivate: true };
const MAX_VALUE_CHARACTERS = 120;

/** Shows what a push of the file would change in meaning. No secret is shown. */
export async function diffConfig(file: string, { json = false, ...options }: DiffOptions): Promise<void> {
  const text = await readNamedFile(file);
  const parsed = parseRelay(text, RULES);
  if (parsed.state === "invalid") throw refuseFaults(file, locate(text, parsed.faults));
  const [fresh, there] = [hideSecrets(text), await readThere(options)];
  const differences = compareMeaning(there, fresh);
  const unseen = findUnseen(text, fresh, there);
  if (json) console.log(JSON.stringify({ differences, unseen }, undefined, 2));
  else console.log(describeDifferences(differences, unseen).join("\n"));
}

async function readThere(options: RelayOptions): Promise<string> {
  const asked = openRelayClient(options).call("GET", "config");
  const answer = await asked.catch((error: unknown) => {
    if (error instanceof RelayRefusal && error.code === "not_found") return undefined;
    throw error;
  });
  return answer?.text ?? NOTHING;
}

/** What differs between the texts of two configurations; undefined is none at all. */
export function compareMeaning(before: string | undefined, after: string): ConfigDifference[] {
  return compareConfigs(meaningOf(before ?? NOTHING), meaningOf(after));
}

/** With its defaults; what is not valid of a relay's may be of another version. */
function meaningOf(text: string): unknown {
  const parsed = parseKeptRelay(text, RULES);
  return parsed.state === "invalid" ? JSON.parse(text) : parsed.value;
}

/** Where the file writes a secret out and the relay keeps one: whether they are the same is not to be seen. */
function findUnseen(text: string, fresh: string, there: string): string[] {
  const known = new Map(secretsIn(there));
  const hidden = new Map(secretsIn(fresh));
  return secretsIn(text).flatMap(([path, written]) => {
    const [now, before] = [hidden.get(path), known.get(path)];
    return now !== written && before !== undefined && hasHidden(before) && now === before ? [path] : [];
  });
}

function secretsIn(text: string): [path: string, text: string][] {
  return findSecrets(JSON.parse(text)).map((secret) => [secret.path.join("."), secret.text]);
}

/**
 * Differences as lines.
 * @param unseen paths of secrets of which nobody can see whether they differ
 */
export function describeDifferences(
  differences: readonly ConfigDifference[],
  unseen: readonly string[] = [],
): string[] {
  const rows = differences.map(({ path, before, after }) => {
    if (before === undefined) return [paint("green", "+"), path, show(after)];
    return after === undefined
      ? [paint("red", "-"), path, show(before)]
      : [paint("yellow", "~"), path, `${show(before)}  ->  ${show(after)}`];
  });
  const asked = unseen.map((path) => [
    paint("dim", "?"),
    path,
    "is written out; whether it is the one kept is not shown",
  ]);
  return rows.length + asked.length === 0 ? ["no difference"] : columns([...rows, ...asked]);
}

/** Of a whole source its vendor, of a whole destination its URL. */
function show(value: unknown): string {
  const name = isObject(value) ? (value.vendor ?? value.url) : undefined;
  const text = typeof name === "string" ? name : JSON.stringify(value);
  return text.length > MAX_VALUE_CHARACTERS ? `${text.slice(0, MAX_VALUE_CHARACTERS)}…` : text;
}
