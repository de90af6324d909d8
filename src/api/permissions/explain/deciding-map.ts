import { DELETED } from "../../../log/documents/last-good.ts";
import { readDecidingVersion, readFirstVersion } from "../../../log/documents/version-of-decision.ts";
import { readVersion, type Version, type Which, type WholeVersion } from "../../../log/documents/versions.ts";
import type { AskedQuestion } from "../../../log/questions.ts";
import { printMoment } from "../../../login/history/zoned-time.ts";
import type { FoundMap } from "../map.ts";
import type { Meant } from "./find-meant.ts";

/** The version of a map by which a login is explained, or why there is none. */
export interface DecidingMap {
  readonly version: WholeVersion | undefined;
  /** One that had been made by then, and had not arrived where the login was decided. */
  readonly newer?: Version | undefined;
  /** In words, where there is no version. */
  readonly absent?: string;
  /** Nobody could read any when the login was decided. */
  readonly unreadable?: true;
}

/**
 * The map by which the question that is meant is explained: the version that is asked for; for now the one in force; for a
 * login the one that decided it; for any other moment the one that was the newest then. Undefined when the version asked
 * for is not kept.
 */
export async function chooseMap(
  { place: { name }, written, zone }: FoundMap,
  { isPast, asked, at }: Meant,
  wanted: Which | undefined,
  log: D1Database,
): Promise<DecidingMap | undefined> {
  if (wanted !== undefined) {
    const version = await readVersion(log, name, wanted);
    return version === undefined ? undefined : orNone(version, zone);
  }
  if (!isPast) return written.version === undefined ? NONE : { version: written.version };
  return asked === undefined ? mapAt(log, name, at, zone) : mapThatDecided(log, name, asked, zone);
}

const NONE: DecidingMap = { version: undefined, absent: "there is no map" };

async function mapThatDecided(
  log: D1Database,
  name: string,
  { at, login: { mapVersion, rules = {} } }: AskedQuestion,
  zone: string,
): Promise<DecidingMap> {
  const deciding = mapVersion === undefined ? undefined : await readDecidingVersion(log, name, mapVersion, at);
  if (deciding !== undefined) return deciding;
  const there = await mapAt(log, name, at, zone);
  const words = Object.values(rules);
  if (words.includes("store_unreadable")) return { version: there.version, unreadable: true };
  return words.includes("no_map") && there.version !== undefined
    ? { version: undefined, newer: there.version, absent: "no map was there" }
    : there;
}

async function mapAt(log: D1Database, name: string, at: number, zone: string): Promise<DecidingMap> {
  const version = await readVersion(log, name, { at });
  if (version !== undefined) return orNone(version, zone);
  const first = await readFirstVersion(log, name);
  if (first === undefined) return NONE;
  const absent = `there was no map yet; version ${first.version} is of ${printMoment(first.at, zone)}`;
  return { version: undefined, absent };
}

/** A version that stands for a deletion is none. */
function orNone(version: WholeVersion, zone: string): DecidingMap {
  return version.who === DELETED
    ? { version: undefined, absent: `there is no map: it was deleted at ${printMoment(version.at, zone)}` }
    : { version };
}
