import * as z from "zod";
import { readVersion, type Version, type WholeVersion } from "./versions.ts";

const version = z.object({ version: z.number(), hash: z.string(), who: z.string(), at: z.number() });

/** The version that a decision goes back to, and the newest one that had been made by then, if that is another. */
export interface DecidingVersion {
  readonly version: WholeVersion;
  readonly newer?: Version | undefined;
}

/**
 * The version of a document that a decision names by its hash: the same text may have been put back later. Of those with
 * the hash it is the newest that is not younger than the decision; where all are (whoever decided first may not have
 * written it down first), the oldest. Undefined when none is kept. Rejects when the log cannot be read.
 * @param at when it was decided, milliseconds since the epoch
 */
export async function readDecidingVersion(
  log: D1Database,
  name: string,
  hash: string,
  at: number,
): Promise<DecidingVersion | undefined> {
  const found = await log
    .prepare(
      `SELECT version, hash, who, at FROM document WHERE name = ?1 AND hash = ?2
       ORDER BY at <= ?3 DESC, iif(at <= ?3, -version, version) LIMIT 1`,
    )
    .bind(name, hash, at)
    .first();
  const whole = found === null ? undefined : await readVersion(log, name, { version: version.parse(found).version });
  if (whole === undefined) return undefined;
  const made = await log
    .prepare(
      `SELECT version, hash, who, at FROM document WHERE name = ?1 AND version > ?2 AND at <= ?3
       ORDER BY version DESC LIMIT 1`,
    )
    .bind(name, whole.version, at)
    .first();
  return { version: whole, newer: made === null ? undefined : version.parse(made) };
}

/** The oldest version of a document that is kept; undefined when there is none. Rejects when the log cannot be read. */
export async function readFirstVersion(log: D1Database, name: string): Promise<Version | undefined> {
  const found = await log
    .prepare("SELECT version, hash, who, at FROM document WHERE name = ?1 ORDER BY version LIMIT 1")
    .bind(name)
    .first();
  return found === null ? undefined : version.parse(found);
}
