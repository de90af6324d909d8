import { type Newest, readNewest } from "../../log/documents/deletions.ts";
import { type KeptDocument, keepDocument, readLastGood } from "../../log/documents/last-good.ts";
import { sha256Hex } from "../../platform/digest.ts";
import { logLine } from "../../platform/log-line.ts";
import { SharedWork } from "../../platform/shared-work.ts";
import { withTimeLimit } from "../../platform/time-limit.ts";
import { faultText } from "./fault-text.ts";
import type { Fault, Parsed } from "./parse.ts";

/** A copy younger than this is served as it is. */
const FRESH_MS = 10_000;
/** A copy younger than this is served while a new one is fetched behind; an older one only if KV does not answer. */
const USABLE_MS = 30_000;
const KV_LIMIT_MS = 600;
const LAST_GOOD_LIMIT_MS = 1000;
/** How long the log is asked whether it knows of anything newer than a copy that KV does not confirm. */
const NEWER_LIMIT_MS = 400;
/** KV may show an old version for so long after a new one was written, its own cache included. */
const STALE_SHOWN_MS = 90_000;
const MAX_FAULTS_LOGGED = 10;
/** KV's own cache, at its least; seconds. */
const KV_CACHE_SECONDS = 30;

/** One JSON document in KV, and how to understand it. */
export interface DocumentSource<T> {
  readonly name: string;
  readonly key: string;
  readonly kv: KVNamespace;
  readonly log: D1Database;
  readonly parse: (text: string) => Parsed<T>;
  /** How a version is understood that was kept, maybe by an earlier version of the relay; as any, unless given. */
  readonly parseKept?: ((text: string) => Parsed<T>) | undefined;
  /** Whether a document that is not there is a fault (the last good one stays in force) or an answer (there is none). */
  readonly missing: "fault" | "answer";
  /** How long KV is waited for where nothing fresh is at hand, milliseconds; 600 unless it says so. */
  readonly kvLimit?: number | undefined;
  /** Work that goes on after the response. */
  readonly defer: (work: Promise<unknown>) => void;
}

/** The document in force. `readAt`: milliseconds since the epoch, when KV last confirmed it. */
export type Loaded<T> =
  | {
      readonly state: "ready";
      readonly value: T;
      readonly version: string;
      readonly readAt: number;
      /** Why what stands in KV now is passed over, if it is. */
      readonly faults?: readonly Fault[] | undefined;
      /** What is wrong with the document in force, if anything is. */
      readonly faulty?: readonly Fault[] | undefined;
    }
  | { readonly state: "missing"; readonly readAt: number; readonly faults?: readonly Fault[] | undefined }
  | { readonly state: "unreadable"; readonly readAt: number; readonly faults?: readonly Fault[] | undefined };

/** What is seen where no document is. */
const NOTHING = "";
/** The version that stands for a deletion: the hash of nothing. */
export const DELETION = "e3b0c44298fc1c14";
const MISSING: readonly Fault[] = [{ path: "", message: "missing" }];

/** What can be served: a document, or that there is none. */
type Served<T> = Exclude<Loaded<T>, { state: "unreadable" }>;

type Ready<T> = Extract<Loaded<T>, { state: "ready" }>;

interface Copy<T> {
  /** The version of what stood in KV, valid or not. */
  readonly seen: string;
  readonly loaded: Loaded<T>;
}

/** Copies of documents in this isolate's memory, with the rules by which they age. */
export class DocumentCache<T> {
  readonly #copies = new Map<string, Copy<T>>();
  readonly #fetches = new SharedWork<Loaded<T>>(KV_LIMIT_MS);
  readonly #rescues = new SharedWork<Loaded<T>>(LAST_GOOD_LIMIT_MS);
  readonly #comparisons = new SharedWork<Loaded<T>>(NEWER_LIMIT_MS);
  /** When the log was last asked for something newer, milliseconds since the epoch. */
  readonly #compared = new Map<string, number>();

  /** A copy that is served as it is at `now`, if there is one. */
  fresh(name: string, now: number): Ready<T> | undefined {
    const loaded = this.#copies.get(name)?.loaded;
    return loaded?.state === "ready" && now - loaded.readAt < FRESH_MS ? loaded : undefined;
  }

  /** The document in force at `now`. Never rejects. */
  async load(source: DocumentSource<T>, now: number): Promise<Loaded<T>> {
    const copy = this.#copy(source.name);
    const age = copy === undefined ? Number.POSITIVE_INFINITY : now - copy.readAt;
    if (copy !== undefined && age < FRESH_MS) return copy;
    const { name, defer, kvLimit } = source;
    const read = () => this.#read(source, now);
    if (copy !== undefined && age < USABLE_MS) {
      void this.#fetches.begin(name, now, defer, read, kvLimit);
      return copy;
    }
    const fetched = await this.#fetches.join(name, now, defer, read, kvLimit);
    if (fetched.ok) return fetched.value;
    const left = this.#copy(source.name);
    return left === undefined ? this.#rescue(source, now) : this.#replaceByNewer(source, left, now);
  }

  /** Forgets every copy, as a new isolate would. */
  clear(): void {
    this.#copies.clear();
    this.#fetches.clear();
    this.#rescues.clear();
    this.#comparisons.clear();
    this.#compared.clear();
  }

  /** What can be served from memory, however old. */
  #copy(name: string): Served<T> | undefined {
    const loaded = this.#copies.get(name)?.loaded;
    return loaded?.state === "unreadable" ? undefined : loaded;
  }

  /**
   * Nothing is awaited between reading a valid document and keeping it: KV has answered in time, and a large document
   * that takes long to understand must not count as silence.
   */
  async #read(source: DocumentSource<T>, now: number): Promise<Loaded<T>> {
    const text = await source.kv.get(source.key, { cacheTtl: KV_CACHE_SECONDS });
    const seen = text === null ? NOTHING : await hashText(text);
    const copy = this.#copies.get(source.name);
    if (copy !== undefined && copy.seen === seen && copy.loaded.state !== "unreadable") {
      return this.#keep(source.name, { seen, loaded: { ...copy.loaded, readAt: now } });
    }
    if (text === null && source.missing === "answer") {
      return this.#keep(source.name, { seen, loaded: { state: "missing", readAt: now } });
    }
    if (text === null) {
      return this.#passOver(source, seen, MISSING, now);
    }
    const parsed = source.parse(text);
    if (parsed.state === "invalid") {
      return this.#passOver(source, seen, parsed.faults, now);
    }
    source.defer(keepInLog(source, { hash: seen, at: now, body: text }));
    if (parsed.state === "faulty") logFaults("document.faulty", source.name, parsed.faults);
    return this.#keep(source.name, { seen, loaded: inForce(parsed, seen, now) });
  }

  /** A read that was overtaken by a later one changes nothing. */
  #keep(name: string, copy: Copy<T>): Loaded<T> {
    const there = this.#copies.get(name);
    if (there !== undefined && there.loaded.readAt > copy.loaded.readAt) return there.loaded;
    this.#copies.set(name, copy);
    return copy.loaded;
  }

  /**
   * Where a document may be missing, an invalid one without a last good version counts as none: KV could be read. While
   * the log cannot tell whether there is one, that is no copy to keep, and the log is asked again.
   */
  async #passOver(source: DocumentSource<T>, seen: string, faults: readonly Fault[], now: number): Promise<Loaded<T>> {
    logFaults("document.invalid", source.name, faults);
    const none = { state: source.missing === "answer" ? "missing" : "unreadable" } as const;
    const before = this.#copy(source.name);
    const lastGood = before === undefined ? await this.#readLastGood(source, now) : undefined;
    if (lastGood === "unknown") return { ...none, readAt: now, faults };
    return this.#keep(source.name, { seen, loaded: { ...(before ?? lastGood?.loaded ?? none), readAt: now, faults } });
  }

  /**
   * KV is silent, and what is left is old: what the log knows to be newer goes before it, above all that the document
   * was deleted. KV's last word may have been a stale one. Asked now and then, for as long as KV stays silent.
   */
  async #replaceByNewer(source: DocumentSource<T>, left: Served<T>, now: number): Promise<Loaded<T>> {
    const { name, log, defer } = source;
    if (now - left.readAt < USABLE_MS || now - (this.#compared.get(name) ?? Number.NEGATIVE_INFINITY) < FRESH_MS)
      return left;
    const compared = await this.#comparisons.join(name, now, defer, async () => {
      this.#compared.set(name, now);
      const newest = (await readNewest(log, [name])).get(name);
      const copy = isNewer(newest, left) ? await this.#readLastGood(source, now) : undefined;
      if (copy === undefined || copy === "unknown" || this.#copy(name) !== left) return left;
      const loaded = { ...copy.loaded, readAt: Math.max(copy.loaded.readAt, left.readAt) };
      this.#copies.set(name, { ...copy, loaded });
      return loaded;
    });
    return compared.ok ? compared.value : left;
  }

  /** KV is silent and memory is empty: what the log kept becomes this isolate's copy. */
  async #rescue(source: DocumentSource<T>, now: number): Promise<Loaded<T>> {
    const unreadable: Loaded<T> = { state: "unreadable", readAt: now };
    const rescued = await this.#rescues.join(source.name, now, source.defer, async () => {
      const copy = await this.#readLastGood(source, now);
      return copy === undefined || copy === "unknown" ? unreadable : this.#keep(source.name, copy);
    });
    return rescued.ok ? rescued.value : unreadable;
  }

  /** Never rejects; undefined when no valid version was kept, `unknown` when the log does not tell in time. */
  async #readLastGood(source: DocumentSource<T>, now: number): Promise<Copy<T> | undefined | "unknown"> {
    const kept = await withTimeLimit(readLastGood(source.log, source.name), LAST_GOOD_LIMIT_MS);
    if (!kept.ok) return "unknown";
    if (kept.value === undefined) return undefined;
    const readAt = Math.min(kept.value.at, now);
    if (kept.value.deleted) return { seen: NOTHING, loaded: { state: "missing", readAt } };
    const parsed = (source.parseKept ?? source.parse)(kept.value.body);
    if (parsed.state === "invalid") return undefined;
    return { seen: kept.value.hash, loaded: inForce(parsed, kept.value.hash, readAt) };
  }
}

/**
 * Whether the log's newest version goes before a copy that KV confirmed last. KV may have shown an old version then; that
 * it showed none is believed.
 */
function isNewer<T>(newest: Newest | undefined, left: Served<T>): boolean {
  if (newest === undefined) return false;
  return left.state === "ready"
    ? newest.at > left.readAt - STALE_SHOWN_MS && newest.hash !== left.version
    : newest.at > left.readAt;
}

type InForce<T> = Exclude<Parsed<T>, { state: "invalid" }>;

function inForce<T>(parsed: InForce<T>, version: string, readAt: number): Loaded<T> {
  const faulty = parsed.state === "faulty" ? { faulty: parsed.faults } : {};
  return { state: "ready", value: parsed.value, version, readAt, ...faulty };
}

function logFaults(event: string, document: string, faults: readonly Fault[]): void {
  const words = faults.slice(0, MAX_FAULTS_LOGGED).map(faultText);
  logLine("error", event, { document, faults: words });
}

function keepInLog({ log, name }: DocumentSource<unknown>, kept: KeptDocument): Promise<void> {
  return keepDocument(log, name, kept, "kv").catch(() =>
    logLine("warn", "document.not_kept", { document: name, version: kept.hash }),
  );
}

const VERSION_HEX_DIGITS = 16;

/** The version of a document: 16 hex digits of its SHA-256. */
export async function hashText(text: string): Promise<string> {
  return (await sha256Hex(text)).slice(0, VERSION_HEX_DIGITS);
}
