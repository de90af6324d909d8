import { findSecrets } from "./find-secrets.ts";
import { isSealed } from "./reference.ts";
import { printDocument, readDocument, rewrite, type Written } from "./rewrite.ts";
import { openValue, sealValue } from "./sealed.ts";
import { placeAt } from "./sealed-place.ts";

/** What came of sealing anew: the text, and the paths of what was sealed anew and of what does not open. */
export interface Resealed {
  readonly text: string;
  readonly resealed: string[];
  readonly unopened: string[];
}

/** Seals anew what of a configuration is sealed under the previous key; what opens under neither key stays as it is. */
export async function resealDocument(
  text: string,
  current: CryptoKey,
  previous: CryptoKey | undefined,
): Promise<Resealed> {
  const document = readDocument(text);
  const written: Written[] = [];
  const unopened: string[] = [];
  for (const secret of findSecrets(document)) {
    if (secret.use === "url" || !isSealed(secret.text)) continue;
    const place = placeAt(secret.path, secret.use, document);
    if ((await openValue(secret.text, place, current)) !== undefined) continue;
    const value = await openValue(secret.text, place, previous);
    if (value === undefined) unopened.push(secret.path.join("."));
    else written.push({ path: secret.path, text: await sealValue(value, place, current) });
  }
  const resealed = written.map(({ path }) => path.join("."));
  return { text: written.length === 0 ? text : printDocument(rewrite(document, written)), resealed, unopened };
}
