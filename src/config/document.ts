import { keepDocument, readLastGood } from "../log/documents.ts";
import { logLine } from "../log/line.ts";
import type { Fault, Parsed } from "./relay.ts";
import { withTimeLimit } from "./time-limit.ts";

/** A copy younger than this is served as it is; milliseconds. */
const FRESH = 10_000;
/** A copy younger than this is served while a new one is fetched behind; an older one only if KV does not answer. */
const USABLE = 30_000;
const KV_LIMIT = 600;
const LAST_GOOD_LIMIT = 1000;
/** KV's own cache, at its least; seconds. */
const KV_CACHE_TTL = 30;

/** One JSON document in KV, and how to understand it. */
export interface DocumentSource<T> {
  readonly name: string;
  readonly key: string;
  readonly kv: KVNamespace;
  readonly log: D1Database;
  readonly parse: (text: string) => Parsed<T>;
  /** Whether a document that is not there is a fault (the last good one stays in force) or an answer (there is none). */
  readonly missing: "fault" | "answer";
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
    }
  | { readonly state: "missing"; readonly readAt: number }
  | { readonly state: "unreadable"; readonly readAt: number; readonly faults?: readonly Fault[] | undefined };

interface Copy<T> {
  readonly text: string | null;
  readonly loaded: Loaded<T>;
}

/** Copies of documents in this isolate's memory, with the rules by which they age. */
export class DocumentCache<T> {
  readonly #copies = new Map<string, Copy<T>>();
  readonly #fetches = new Map<string, { readonly since: number; readonly done: Promise<Loaded<T>> }>();

  /** The document in force at `now`. Never rejects. */
  async load(source: DocumentSource<T>, now: number): Promise<Loaded<T>> {
    const copy = this.#copies.get(source.name)?.loaded;
    const age = copy === undefined || copy.state === "unreadable" ? Number.POSITIVE_INFINITY : now - copy.readAt;
    if (copy !== undefined && age < FRESH) return copy;
    const fetching = this.#fetch(source, now);
    if (copy !== undefined && age < USABLE) {
      source.behind(fetching.catch(() => undefined));
      return copy;
    }
    const fetched = await withTimeLimit(fetching, KV_LIMIT);
    if (fetched.ok) return fetched.value;
    return copy !== undefined && copy.state !== "unreadable" ? copy : this.#loadLastGood(source, now, undefined);
  }

  /** Forgets every copy, as a new isolate would. */
  clear(): void {
    this.#copies.clear();
    this.#fetches.clear();
  }

  /** Fetches of one moment share one read, but none waits for a read that hangs. */
  #fetch(source: DocumentSource<T>, now: number): Promise<Loaded<T>> {
    const running = this.#fetches.get(source.name);
    if (running !== undefined && now - running.since < KV_LIMIT) return running.done;
    const done = this.#read(source, now).finally(() => this.#fetches.delete(source.name));
    this.#fetches.set(source.name, { since: now, done });
    return done;
  }

  async #read(source: DocumentSource<T>, now: number): Promise<Loaded<T>> {
    const text = await source.kv.get(source.key, { cacheTtl: KV_CACHE_TTL });
    const copy = this.#copies.get(source.name);
    const loaded =
      copy !== undefined && copy.text === text && copy.loaded.state !== "unreadable"
        ? { ...copy.loaded, readAt: now }
        : await this.#understand(source, text, now);
    this.#copies.set(source.name, { text, loaded });
    return loaded;
  }

  async #understand(source: DocumentSource<T>, text: string | null, now: number): Promise<Loaded<T>> {
    if (text === null && source.missing === "answer") return { state: "missing", readAt: now };
    const parsed: Parsed<T> =
      text === null ? { ok: false, faults: [{ path: "", message: "missing" }] } : source.parse(text);
    if (!parsed.ok || text === null) return this.#passOver(source, parsed.ok ? [] : parsed.faults, now);
    const version = await hashText(text);
    source.behind(
      keepDocument(source.log, source.name, { hash: version, at: now, body: text }, "kv").catch(() =>
        logLine("warn", "document.not_kept", { document: source.name, version }),
      ),
    );
    return { state: "ready", value: parsed.value, version, readAt: now };
  }

  async #passOver(source: DocumentSource<T>, faults: readonly Fault[], now: number): Promise<Loaded<T>> {
    logLine("error", "document.invalid", {
      document: source.name,
      faults: faults.slice(0, 10).map(({ path, message }) => `${path}: ${message}`),
    });
    const inForce = this.#copies.get(source.name)?.loaded;
    if (inForce?.state === "ready") return { ...inForce, readAt: now, faults };
    return this.#loadLastGood(source, now, faults);
  }

  async #loadLastGood(
    source: DocumentSource<T>,
    now: number,
    faults: readonly Fault[] | undefined,
  ): Promise<Loaded<T>> {
    const kept = await withTimeLimit(readLastGood(source.log, source.name), LAST_GOOD_LIMIT);
    const parsed = kept.ok && kept.value !== undefined ? source.parse(kept.value.body) : undefined;
    if (!kept.ok || kept.value === undefined || parsed === undefined || !parsed.ok) {
      return { state: "unreadable", readAt: now, faults };
    }
    return {
      state: "ready",
      value: parsed.value,
      version: kept.value.hash,
      readAt: faults ? now : kept.value.at,
      faults,
    };
  }
}

/** The version of a document: 16 hex digits of its SHA-256. */
export async function hashText(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
