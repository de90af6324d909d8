import type { Fault } from "../documents/parse.ts";
import type { DestinationDocument } from "../schema/destination.ts";
import type { SourceDocument } from "../schema/source.ts";
import { findSecrets, type Secret } from "../secrets/find-secrets.ts";
import { envName, explainReference, isReference, type Use } from "../secrets/reference.ts";
import type { UrlRules } from "../url-rules.ts";
import { checkDestination } from "./destination.ts";
import { explainValue } from "./secret.ts";
import { checkSource } from "./source.ts";

/** A configuration of the schema. */
export interface Checked {
  readonly sources: Readonly<Record<string, SourceDocument>>;
  readonly destinations: Readonly<Record<string, DestinationDocument>>;
}

/**
 * What is wrong with a configuration beyond its schema, all of it at once. What an `env:` stands for is not looked at.
 * @param known ids of the sources that there are, also of those that are not understood
 */
export function checkRelay(document: Checked, rules: UrlRules, known = Object.keys(document.sources)): Fault[] {
  const { sources, destinations } = document;
  const ids = new Set(known);
  return [
    ...Object.entries(sources).flatMap(([id, one]) => below(`sources.${id}`, checkSource(one, rules))),
    ...Object.entries(destinations).flatMap(([id, one]) =>
      below(`destinations.${id}`, checkDestination(one, ids, rules)),
    ),
    ...checkSecrets(document),
  ];
}

function below(start: string, faults: readonly Fault[]): Fault[] {
  return faults.map((fault) => ({ ...fault, path: `${start}.${fault.path}` }));
}

function checkSecrets(document: Checked): Fault[] {
  const secrets = findSecrets(document);
  const keys = new Set(secrets.filter(({ use }) => use === "key").map(sameWritten));
  return secrets.flatMap((secret): Fault[] => {
    const { path, use, text } = secret;
    if (use === "url") return [];
    const isKey = use === "signing" && keys.has(sameWritten(secret));
    const message =
      explainReference(text, use) ?? explainLiteral(secret, use, document) ?? (isKey ? IS_KEY : undefined);
    return message === undefined ? [] : [{ path: path.join("."), message }];
  });
}

const IS_KEY = "the key of a source; what proves a vendor must not sign for the relay";

function explainLiteral({ path, text }: Secret, use: Use, { sources }: Checked): string | undefined {
  if (isReference(text)) return undefined;
  return explainValue(text.trim(), use, use === "key" ? sources[String(path[1])] : undefined);
}

/** A key and a signing secret are the same in whatever way they are written. */
function sameWritten({ text }: Secret): string {
  const name = envName(text);
  return name === undefined ? text.trim().replace(/^v1,/, "") : `env:${name}`;
}
