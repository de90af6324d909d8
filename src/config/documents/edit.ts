import type { Deed } from "../../log/audit/entry.ts";
import { DELETED, type KeptDocument, keepDocument, STALE_READS_MS } from "../../log/documents/last-good.ts";
import {
  type Appended,
  appendVersion,
  readVersion,
  removeVersion,
  type WholeVersion,
} from "../../log/documents/versions.ts";
import { logLine } from "../../platform/log-line.ts";
import { withTimeLimit } from "../../platform/time-limit.ts";
import { type DocumentSource, hashText } from "./cache.ts";
import type { Fault } from "./parse.ts";

/** Where a document stands, for whoever edits it. */
export type Place = Omit<DocumentSource<unknown>, "defer">;

/** How a document stands. */
export interface Written {
  /** The version in force, or on its way there; undefined when there is none. */
  readonly version: WholeVersion | undefined;
  /** Hash of the newest version that was kept, `""` for none. The same, unless the document was deleted. */
  readonly newest: string;
  /** Why what stands in KV now is passed over, if it is. */
  readonly faults?: readonly Fault[] | undefined;
}

/** An editor waits longer than a login. */
const KV_LIMIT_MS = 5000;
/** How often whoever replaces whatever is there tries again, because another came between. */
const MAX_TRIES = 30;
/** KV takes one write a second to a key. */
const PAUSES_MS = [1100, 2200];

/** Reads a document; what somebody put into KV by hand becomes a version now. Rejects when the log cannot be read. */
export async function readWritten(place: Place, now: number): Promise<Written> {
  const { name, key, kv, log } = place;
  const got = await withTimeLimit(kv.get(key), KV_LIMIT_MS);
  const kept = await readVersion(log, name, "newest");
  if (!got.ok) return written(kept);
  if (got.value === null)
    return { ...written(kept), ...(stillArriving(place, kept, now) ? {} : { version: undefined }) };
  const hash = await hashText(got.value);
  if (kept?.hash === hash) return written(kept);
  const parsed = place.parse(got.value);
  if (parsed.state === "invalid") return { ...written(kept), faults: parsed.faults };
  await keepDocument(log, name, { hash, at: now, body: got.value }, "kv");
  return written(await readVersion(log, name, "newest"));
}

function written(version: WholeVersion | undefined): Written {
  return { version: version?.who === DELETED ? undefined : version, newest: version?.hash ?? "" };
}

/** What was just written may not be seen everywhere yet. A configuration cannot be deleted, a map can. */
function stillArriving({ missing }: Place, kept: WholeVersion | undefined, now: number): boolean {
  return missing === "fault" || (kept !== undefined && now - kept.at < STALE_READS_MS);
}

/** What came of writing: the version, or that another came first, that it is too large, or that KV did not take it. */
export type EditOutcome =
  | { readonly state: "written"; readonly hash: string }
  | { readonly state: "lost" | "too_large" | "not_stored" };

/** Who writes a document, as the audit tells of it. `what`: the part that is meant; the document, unless given. */
export type Author = Pick<Deed, "who" | "role" | "action" | "reason"> & { readonly what?: string | undefined };

/**
 * Writes a valid document: first as a version, if the newest is still the expected one, then into KV.
 * @param expected hash of the version that it replaces, `""` for none; undefined: whatever it replaces
 */
export async function writeDocument(
  place: Place,
  body: string,
  expected: string | undefined,
  now: number,
  author: Author,
): Promise<EditOutcome> {
  const { name, log } = place;
  const kept: KeptDocument = { hash: await hashText(body), at: now, body };
  const { before, appended } = await append(place, kept, expected, author);
  if (appended !== undefined && appended.state !== "kept") return appended;
  if (!(await putIntoKv(place))) {
    const takenBack = {
      ...author,
      what: author.what ?? name,
      action: "document.taken_back",
      before: kept.hash,
      after: before,
    };
    if (appended !== undefined) await removeVersion(log, name, appended.version, takenBack, now);
    logLine("error", "document.not_written", { document: name, version: kept.hash });
    return { state: "not_stored" };
  }
  logLine("info", "document.written", { document: name, version: kept.hash, before });
  return { state: "written", hash: kept.hash };
}

/** What came of writing a version, and the hash of the one before it; nothing is written that is there already. */
interface Attempted {
  readonly before: string | undefined;
  readonly appended: Appended | undefined;
}

/**
 * Writes a version after the newest, of which the audit tells: where another came between, and whoever writes does not
 * mind, after that one.
 */
async function append(
  place: Place,
  kept: KeptDocument,
  expected: string | undefined,
  author: Author,
): Promise<Attempted> {
  const { name, log } = place;
  for (let tries = 1; ; tries++) {
    const before = (await readVersion(log, name, "newest"))?.hash;
    if (expected !== undefined && expected !== (before ?? "")) return { before, appended: { state: "lost" } };
    if (before === kept.hash && (await isInKv(place, kept.body))) return { before, appended: undefined };
    const deed = { ...author, what: author.what ?? name, before, after: kept.hash };
    const appended = await appendVersion(log, name, kept, deed, before ?? "");
    if (appended.state !== "lost" || expected !== undefined || tries === MAX_TRIES) return { before, appended };
  }
}

/** Whether KV shows this document. One that is put back after it was deleted is a version of its own. */
async function isInKv({ key, kv }: Place, body: string): Promise<boolean> {
  const got = await withTimeLimit(kv.get(key), KV_LIMIT_MS);
  return got.ok && got.value === body;
}

/** Puts the newest version into KV, until it is still the newest afterwards: of two writers, the later one's stays. */
async function putIntoKv({ name, key, kv, log }: Place): Promise<boolean> {
  for (const pause of [...PAUSES_MS, undefined]) {
    const before = await readVersion(log, name, "newest");
    if (before === undefined) return false;
    const put = await withTimeLimit(kv.put(key, before.body), KV_LIMIT_MS);
    const after = put.ok ? await readVersion(log, name, "newest") : undefined;
    if (put.ok && after?.version === before.version) return true;
    if (pause !== undefined) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return false;
}
