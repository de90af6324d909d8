import { DELETION, hashText } from "../../config/documents/cache.ts";
import type { Source } from "../../config/load-relay.ts";
import { forgetMissing, type Newest, noteMissing, readNewest, recordDeletion } from "../../log/documents/deletions.ts";
import { DELETED, keepDocument, STALE_READS_MS } from "../../log/documents/last-good.ts";
import { removeOldMaps } from "../../log/documents/versions.ts";
import { logLine } from "../../platform/log-line.ts";
import type { Work } from "../../platform/work.ts";
import { loadPermissions, placePermissions } from "./permissions.ts";

const TIDY_EVERY_MS = 60 * 60_000;
/** A minute of cron, which does not come to the second. */
const APART_MS = 50_000;
/** KV confirmed a copy that is no older; one that is was served because KV is silent. */
const CONFIRMED_MS = 30_000;

/**
 * Keeps the maps of these sources as they stand in KV, and lets go of versions that are old. What was put into KV by hand
 * becomes a version. So does a deletion, once KV has shown no map at two looks a minute apart. For cron alone: one look
 * may be a stale one, and must not bury a map that was just made.
 */
export async function keepPermissions(
  sources: readonly Source[],
  work: Work<Pick<Env, "PERMISSIONS" | "LOG">>,
): Promise<void> {
  const { env, now } = work;
  const looks = await Promise.all(
    sources.map(async (source) => ({
      place: placePermissions(env, source),
      loaded: await loadPermissions(source, work),
    })),
  );
  const confirmed = looks.filter(({ loaded }) => loaded.state !== "unreadable" && now - loaded.readAt < CONFIRMED_MS);
  if (confirmed.length > 0) await keepAll(env.LOG, confirmed, now);
  await tidy(env.LOG, now);
}

async function keepAll(log: D1Database, confirmed: readonly Look[], now: number): Promise<void> {
  const newest = await readNewest(
    log,
    confirmed.map(({ place }) => place.name),
  );
  const kept = await Promise.allSettled(confirmed.map((look) => keep(look, newest.get(look.place.name), now)));
  const failed = kept.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

/** When this isolate last let go of old versions, milliseconds since the epoch. */
let tidied = Number.NEGATIVE_INFINITY;

/** Lets go of old versions at the next call, as a new isolate would. */
export function forgetTidying(): void {
  tidied = Number.NEGATIVE_INFINITY;
}

async function tidy(log: D1Database, now: number): Promise<void> {
  if (Math.abs(now - tidied) < TIDY_EVERY_MS) return;
  await removeOldMaps(log, now);
  tidied = now;
}

/** A map as KV shows it. */
interface Look {
  readonly place: ReturnType<typeof placePermissions>;
  readonly loaded: Awaited<ReturnType<typeof loadPermissions>>;
}

async function keep({ place, loaded }: Look, newest: Newest | undefined, now: number): Promise<void> {
  const { log, name } = place;
  if (loaded.state === "missing" && loaded.faults === undefined) {
    if (newest !== undefined && newest.who !== DELETED) await keepAbsence(place, newest, loaded.readAt);
    return;
  }
  if (typeof newest?.missing === "number") await forgetMissing(log, name);
  const isKept = loaded.state !== "ready" || loaded.faults !== undefined || loaded.version === newest?.hash;
  if (!isKept) await keepAsInKv(place, loaded.version, now);
}

/** @param seenAt when KV showed none; looks that were before the newest version tell nothing of it */
async function keepAbsence({ log, name }: Look["place"], newest: Newest, seenAt: number): Promise<void> {
  const { missing, at, hash } = newest;
  if (missing === null || missing <= at) return noteMissing(log, name, seenAt);
  if (seenAt - missing < APART_MS || seenAt - at < STALE_READS_MS) return;
  await recordDeletion(log, name, { hash: DELETION, at: seenAt, body: "{}" }, hash);
  logLine("warn", "document.deleted", { document: name, version: hash });
}

/** What was read before it could be kept, or while it might have been an old version on its way out. */
async function keepAsInKv({ log, name, kv, key }: Look["place"], version: string, now: number): Promise<void> {
  const body = await kv.get(key);
  if (body !== null && (await hashText(body)) === version) {
    await keepDocument(log, name, { hash: version, at: now, body }, "kv");
  }
}
