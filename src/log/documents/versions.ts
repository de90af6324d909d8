import * as z from "zod";
import { acceptedAt, receiptId } from "../../events/receipt.ts";
import { MAX_ROW_BYTES } from "../../platform/d1/limits.ts";
import { deflate, inflate } from "../../platform/deflate.ts";
import { DAY_MS } from "../../platform/time/instant.ts";
import type { Deed } from "../audit/entry.ts";
import { writeAudited } from "../audit/write.ts";
import type { KeptDocument } from "./last-good.ts";

const version = z.object({ version: z.number(), hash: z.string(), who: z.string(), at: z.number() });
const whole = version.extend({ body: z.custom<number[]>(Array.isArray) });

/**
 * One version of a document. `who`: the name of whoever wrote it, `kv` when it was put there by hand, or `deleted` when it
 * was taken away there; `at`: milliseconds since the epoch.
 */
export type Version = z.infer<typeof version>;
/** The same with its text. */
export type WholeVersion = Version & { readonly body: string };

/** Which version: the newest, one by its number or hash, or the one in force at a moment (milliseconds). */
export type Which = "newest" | { readonly version: number } | { readonly hash: string } | { readonly at: number };

/** Of a document, deflated; the rest of its row is for the other columns. */
const MAX_DOCUMENT_BYTES = MAX_ROW_BYTES - 100_000;
/** This many versions of the configuration stay, however old they are. */
const VERSIONS_ALWAYS_KEPT = 100;
/** Longer than an event stays that names the version of its map. */
const VERSIONS_KEPT_MS = 35 * DAY_MS;

/** Reads one version; undefined when there is none such. Rejects when the log cannot be read. */
export async function readVersion(log: D1Database, name: string, which: Which): Promise<WholeVersion | undefined> {
  const [condition, value] = conditionOf(which);
  const found = await log
    .prepare(
      `SELECT version, hash, who, at, body FROM document
       WHERE name = ?1 AND ${condition} ORDER BY version DESC LIMIT 1`,
    )
    .bind(name, value)
    .first();
  if (found === null) return undefined;
  const { body, ...rest } = whole.parse(found);
  return { ...rest, body: await inflate(Uint8Array.from(body)) };
}

function conditionOf(which: Which): readonly [condition: string, value: string | number] {
  if (which === "newest") return ["?2 = 0", 0];
  if ("version" in which) return ["version = ?2", which.version];
  return "hash" in which ? ["hash = ?2", which.hash] : ["at <= ?2", which.at];
}

/** The versions of a document, the newest first. */
export async function listVersions(log: D1Database, name: string, limit: number): Promise<Version[]> {
  const { results } = await log
    .prepare("SELECT version, hash, who, at FROM document WHERE name = ?1 ORDER BY version DESC LIMIT ?2")
    .bind(name, limit)
    .all();
  return z.array(version).parse(results);
}

const IS_MAP = "document.name LIKE 'permissions/%'";

/** What came of writing a version: its number, or why it was not written. */
export type Appended = { readonly state: "kept"; readonly version: number } | { readonly state: "lost" | "too_large" };

/**
 * Writes a new version if the newest is still the expected one, with an entry in the audit, and lets go of old
 * configurations.
 * @param expected hash of the version that it replaces, `""` for none
 */
export async function appendVersion(
  log: D1Database,
  name: string,
  { hash, at, body }: KeptDocument,
  deed: Deed,
  expected: string,
): Promise<Appended> {
  const deflated = await deflate(body);
  if (deflated.byteLength > MAX_DOCUMENT_BYTES) return { state: "too_large" };
  const removeOld = log
    .prepare(
      `DELETE FROM document WHERE name = ?1 AND at < ?2 AND NOT ${IS_MAP}
         AND version <= (SELECT max(version) FROM document WHERE name = ?1) + 1 - ${VERSIONS_ALWAYS_KEPT}
         AND (SELECT hash FROM document WHERE name = ?1 ORDER BY version DESC LIMIT 1) = ?3`,
    )
    .bind(name, at - VERSIONS_KEPT_MS, expected);
  const insert = log
    .prepare(
      `INSERT INTO document (name, version, hash, who, at, body)
       SELECT ?1, coalesce(max(version), 0) + 1, ?2, ?3, ?4, ?5 FROM document WHERE name = ?1
       HAVING coalesce((SELECT hash FROM document WHERE name = ?1 ORDER BY version DESC LIMIT 1), '') = ?6
       RETURNING version`,
    )
    .bind(name, hash, deed.who, at, deflated, expected);
  const [, inserted] = await writeAudited(log, [removeOld, insert], deed, at);
  const [written] = z.array(z.object({ version: z.number() })).parse(inserted?.results);
  return written === undefined ? { state: "lost" } : { state: "kept", version: written.version };
}

/**
 * Lets go of versions of maps, which name people: 35 days after another one came in their place, once no event is left
 * from the time in which they were in force. The newest stays, whatever its age.
 * @param now milliseconds since the epoch
 */
export async function removeOldMaps(log: D1Database, now: number): Promise<void> {
  const oldest = receiptId.safeParse(await log.prepare("SELECT min(receipt) AS receipt FROM event").first("receipt"));
  const before = Math.min(now - VERSIONS_KEPT_MS, oldest.success ? acceptedAt(oldest.data) : now);
  await log
    .prepare(
      `DELETE FROM document WHERE ${IS_MAP} AND EXISTS (SELECT 1 FROM document AS later
         WHERE later.name = document.name AND later.version > document.version AND later.at < ?1)`,
    )
    .bind(before)
    .run();
}

/** Takes back a version that never came into force, and tells so in the audit. `now`: milliseconds since the epoch. */
export async function removeVersion(
  log: D1Database,
  name: string,
  version: number,
  deed: Deed,
  now: number,
): Promise<void> {
  const statement = log.prepare("DELETE FROM document WHERE name = ?1 AND version = ?2").bind(name, version);
  await writeAudited(log, [statement], deed, now);
}
