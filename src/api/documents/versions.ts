import * as z from "zod";
import type { Version, Which } from "../../log/documents/versions.ts";
import { openText, userName } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";

/** How many versions a list shows. */
export const MAX_VERSIONS = 200;

/** A version by its number, or by its hash as events name it. */
export const versionName = z
  .union([z.string().regex(/^(?:[0-9a-f]{16}|\d{1,15})$/, "neither the number nor the hash of a version"), z.int()])
  .transform(String)
  .transform((text): Which => (text.length === 16 ? { hash: text } : { version: Number(text) }));

export const versionItem = z.object({
  version: z.number(),
  hash: openText.describe("as `mapVersion` in events, and as ETag"),
  who: userName.describe("the name of whoever wrote it; `kv`: put into KV by hand; `deleted`: taken out of KV by hand"),
  at: z.iso.datetime(),
  newest: z.boolean(),
});

/** The list of versions as the API tells it, the newest first. */
export function listed(versions: readonly Version[]): z.input<typeof versionItem>[] {
  return versions.map((one, position) => ({ ...one, at: toInstant(one.at), newest: position === 0 }));
}
