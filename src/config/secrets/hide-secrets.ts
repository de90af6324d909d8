import type { Json } from "../../events/json.ts";
import type { Fault } from "../documents/parse.ts";
import { readJsonText } from "../documents/read-json.ts";
import { findSecrets, type Secret, urlBeside } from "./find-secrets.ts";
import { envName } from "./reference.ts";
import { printDocument, readDocument, rewrite, textAt, type Written } from "./rewrite.ts";
import { HIDDEN, hasHidden, hideUrl, originOf, restoreUrl } from "./secret-url.ts";

/** A configuration as the API shows it: whatever may be a secret, sealed or not, and is no `env:NAME`, as `***`. */
export function hideSecrets(text: string): string {
  const document = readDocument(text);
  const hidden = findLiterals(document).flatMap((secret) => {
    const shown = secret.use === "url" ? hideUrl(secret.text) : HIDDEN;
    return shown === secret.text ? [] : [{ path: secret.path, text: shown }];
  });
  // The last member alone is looked at where a name stands twice: the others must not be shown as they are.
  const whole = hidden.length === 0 && readJsonText(text).repeated.length === 0;
  return whole ? text : printDocument(rewrite(document, hidden));
}

/**
 * An edited configuration with each `***` replaced by the secret that it stands for: in a list by their order, so the
 * edited list needs as many `***` as the kept one has secrets. What a destination is sent stays with its origin: a secret
 * of one must not go to another.
 * @param text of the edited configuration, JSON
 * @param kept text of the one that was shown; undefined when there was none
 * @returns the edited text, or what is not restored, if a name in it stands twice nothing of it; `hidden`: the paths of each `***`
 */
export function restoreSecrets(
  text: string,
  kept: string | undefined,
): { readonly text: string } | { readonly faults: readonly Fault[]; readonly hidden: readonly string[] } {
  const edited = readDocument(text);
  const blanks = groupByList(findLiterals(edited).filter(isHidden));
  if (blanks.size === 0) return { text };
  const hidden = [...blanks.values()].flat().map(({ path }) => path.join("."));
  // Written anew, it would no longer show what stands in it twice.
  if (readJsonText(text).repeated.length > 0) return { faults: [], hidden };
  const keptDocument = kept === undefined ? null : readDocument(kept);
  const secrets = groupByList(findLiterals(keptDocument));
  const restored: Written[] = [];
  const faults: Fault[] = [];
  for (const [list, blanksOfList] of blanks) {
    const known = secrets.get(list) ?? [];
    for (const [position, blank] of blanksOfList.entries()) {
      const secret = known.length === blanksOfList.length ? known[position] : undefined;
      const value = secret && staysWithOrigin(blank, edited, keptDocument) ? restore(blank, secret) : undefined;
      if (value !== undefined) restored.push({ path: blank.path, text: value });
      else faults.push({ path: blank.path.join("."), message: explain(known.length, secret !== undefined) });
    }
  }
  return faults.length > 0 ? { faults, hidden } : { text: printDocument(rewrite(edited, restored)) };
}

function restore(blank: Secret, { text }: Secret): string | undefined {
  return blank.use === "url" ? restoreUrl(blank.text, text) : text;
}

function explain(kept: number, found: boolean): string {
  if (kept === 0) return "*** stands for a secret that is kept, and here none is";
  return found
    ? "*** keeps a secret only as long as scheme, host and port of the URL stay the same; write the value"
    : `it is not clear which of the ${kept} secrets that are kept *** stands for; write the value, or better env:NAME`;
}

/** Whether a secret would go where it went before. Keys prove what comes in and are sent nowhere. */
function staysWithOrigin({ path, text, use }: Secret, edited: Json, kept: Json): boolean {
  if (use === "key" || use === "encryption" || (text.trim() === HIDDEN && use === "url")) return true;
  const at = use === "url" ? path : urlBeside(path);
  const [before, now] = [textAt(kept, at), textAt(edited, at)];
  if (now.trim() === HIDDEN) return true;
  return originOf(before) !== undefined && originOf(before) === originOf(now);
}

function isHidden({ use, text }: Secret): boolean {
  return use === "url" ? hasHidden(text) : text.trim() === HIDDEN;
}

/** Secrets of one list belong together; any other stands alone. */
function groupByList(secrets: readonly Secret[]): Map<string, Secret[]> {
  return Map.groupBy(secrets, ({ path }) => JSON.stringify(typeof path.at(-1) === "number" ? path.slice(0, -1) : path));
}

function findLiterals(document: Json): Secret[] {
  return findSecrets(document).filter(({ text }) => envName(text) === undefined);
}
