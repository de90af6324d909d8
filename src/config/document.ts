import { type KeptDocument, keepDocument, readLastGood } from "../log/documents.ts";
import { logLine } from "../log/line.ts";
import type { Fault, Parsed } from "./documents/parse.ts";
import { SharedWork } from "./shared-work.ts";
import { withTimeLimit } from "./time-limit.ts";

/** A copy younger than this is served as it is; milliseconds. */
const FRESH = 10_000;
/** A copy younger than this is served while a new one is fetched behind; an older one only if KV does not answer. */
const USABLE = 30_000;
const KV_LIMIT = 600;
const LAST_GOOD_LIMIT = 1000;
const MAX_FAULTS_LOGGED = 10;
/** KV's own cache, at its least; seconds. */
const KV_CACHE_TTL = 30;

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
  readonly behind: (work: Promise<unknown>) => void;
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
const MISSING: readonly Fault[] = [{ path: "", message: "missing" }];

interface Copy<T> {
  /** The version of what stood in KV, valid or not. */
  readonly seen: string;
  readonly loaded: Loaded<T>;
}

/** Copies of documents in this isolate's memory, with the rules by which they age. */
export class DocumentCache<T> {
  readonly #copies = new Map<string, Copy<T>>();
  readonly #fetches = new SharedWork<Loaded<T>>(KV_LIMIT);
  readonly #rescues = new SharedWork<Loaded<T>>(LAST_GOOD_LIMIT);

  /** The document in force at `now`. Never rejects. */
  async load(source: DocumentSource<T>, now: number): Promise<Loaded<T>> {
    const copy = this.#copy(source.name);
    const age = copy === undefined ? Number.POSITIVE_INFINITY : now - copy.readAt;
    if (copy !== undefined && age < FRESH) return copy;
    const fetching = this.#fetches.join(source.name, now, source.behind, () => this.#read(source, now), source.kvLimit);
    if (copy !== undefined && age < USABLE) return copy;
    const fetched = await fetching;
    return fetched.ok ? fetched.value : (this.#copy(source.name) ?? this.#rescue(source, now));
  }

  /** Forgets every copy, as a new isolate would. */
  clear(): void {
    this.#copies.clear();
    this.#fetches.clear();
    this.#rescues.clear();
  }

  /** What can be served from memory, however old. */
  #copy(name: string): Exclude<Loaded<T>, { state: "unreadable" }> | undefined {
    const loaded = this.#copies.get(name)?.loaded;
    return loaded?.state === "unreadable" ? undefined : loaded;
  }

  /**
   * Nothing is awaited between reading a valid document and keeping it: KV has answered in time, and a large document
   * that takes long to understand must not count as silence.
   */
  async #read(source: DocumentSource<T>, now: number): Promise<Loaded<T>> {
    const text = await source.kv.get(source.key, { cacheTtl: KV_CACHE_TTL });
    const seen = text === null ? NOTHING : await hashText(text);
    const copy = this.#copies.get(source.name);
    if (copy !== undefined && copy.seen === seen && copy.loaded.state !== "unreadable") {
      return this.#keep(source.name, { seen, loaded: { ...copy.loaded, readAt: now } });
    }
    if (text === null && source.missing === "answer") {
      if (copy?.loaded.state === "ready") source.behind(keepInLog(source, await deletion(now), "deleted"));
      return this.#keep(source.name, { seen, loaded: { state: "missing", readAt: now } });
    }
    if (text === null) {
      return this.#keep(source.name, { seen, loaded: await this.#passOver(source, MISSING, now) });
    }
    const parsed = source.parse(text);
    if (parsed.state === "invalid") {
      return this.#keep(source.name, { seen, loaded: await this.#passOver(source, parsed.faults, now) });
    }
    source.behind(keepInLog(source, { hash: seen, at: now, body: text }, "kv"));
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

  async #passOver(source: DocumentSource<T>, faults: readonly Fault[], now: number): Promise<Loaded<T>> {
    logFaults("document.invalid", source.name, faults);
    const before = this.#copy(source.name) ?? (await this.#readLastGood(source, now))?.loaded;
    return before === undefined ? { state: "unreadable", readAt: now, faults } : { ...before, readAt: now, faults };
  }

  /** KV is silent and memory is empty: what the log kept becomes this isolate's copy. */
  async #rescue(source: DocumentSource<T>, now: number): Promise<Loaded<T>> {
    const unreadable: Loaded<T> = { state: "unreadable", readAt: now };
    const rescued = await this.#rescues.join(source.name, now, source.behind, async () => {
      const copy = await this.#readLastGood(source, now);
      return copy === undefined ? unreadable : this.#keep(source.name, copy);
    });
    return rescued.ok ? rescued.value : unreadable;
  }

  /** Never rejects; undefined when no valid version was kept, or none can be read in time. */
  async #readLastGood(source: DocumentSource<T>, now: number): Promise<Copy<T> | undefined> {
    const kept = await withTimeLimit(readLastGood(source.log, source.name), LAST_GOOD_LIMIT);
    if (!kept.ok || kept.value === undefined) return undefined;
    const { hash, at, body } = kept.value;
    const parsed = (source.parseKept ?? source.parse)(body);
    if (parsed.state === "invalid") return undefined;
    return { seen: hash, loaded: inForce(parsed, hash, Math.min(at, now)) };
  }
}

function inForce<T>(parsed: Exclude<Parsed<T>, { state: "invalid" }>, version: string, readAt: number): Loaded<T> {
  const faulty = parsed.state === "faulty" ? { faulty: parsed.faults } : {};
  return { state: "ready", value: parsed.value, version, readAt, ...faulty };
}

function logFaults(event: string, document: string, faults: readonly Fault[]): void {
  const words = faults.slice(0, MAX_FAULTS_LOGGED).map(({ path, message }) => `${path}: ${message}`);
  logLine("error", event, { document, faults: words });
}

/** A document that was deleted is kept as an empty one, so that no older version comes back when KV is silent. */
async function deletion(at: number): Promise<KeptDocument> {
  const body = "{}";
  return { hash: await hashText(body), at, body };
}

function keepInLog({ log, name }: DocumentSource<unknown>, kept: KeptDocument, who: "kv" | "deleted"): Promise<void> {
  return keepDocument(log, name, kept, who).catch(() =>
    logLine("warn", "document.not_kept", { document: name, version: kept.hash }),
  );
}

/** The version of a document: 16 hex digits of its SHA-256. */
export async function hashText(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
