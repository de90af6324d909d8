import type { Miniflare } from "miniflare";
import * as z from "zod";
import { openStore } from "../runtime/worker.ts";
import type { LocalDocument, LocalDocuments } from "./documents.ts";
import { findVersion, type KeptVersion } from "./kept-version.ts";
import { migrate } from "./migrate.ts";

type Namespace = Awaited<ReturnType<Miniflare["getKVNamespace"]>>;

const ORIGIN = { origin: "start" };
const fromStart = z.object({ origin: z.literal("start") });

/** Where a document stands in the local KV. */
export interface EditedDocument {
  readonly binding: "CONFIG" | "PERMISSIONS";
  readonly key: string;
}

/** What somebody had put there, and the operator's own file has replaced. */
export interface ReplacedDocument extends EditedDocument {
  readonly file: string;
  /** The version that it was; undefined when the relay never saw it. `at`: milliseconds since the epoch. */
  readonly was?: KeptVersion | undefined;
}

/** The local state, ready for the relay. */
export interface PreparedState {
  /** The configuration that stands in the local KV. */
  readonly relay: string;
  /** Documents that were edited by hand and kept. */
  readonly kept: readonly EditedDocument[];
  /** Documents that were edited since an own file was put there, and gave way to it. */
  readonly replaced: readonly ReplacedDocument[];
}

/** Migrates the log and puts the documents into the local KV, without touching what was edited by hand there. */
export async function prepareState(state: string, documents: LocalDocuments): Promise<PreparedState> {
  const store = await openStore(state);
  try {
    await migrate(store);
    return await putDocuments(store, documents);
  } finally {
    await store.dispose();
  }
}

async function putDocuments(store: Miniflare, documents: LocalDocuments): Promise<PreparedState> {
  const maps = await store.getKVNamespace("PERMISSIONS");
  const places = [
    { binding: "CONFIG", key: "relay", name: "relay", document: documents.relay },
    ...[...documents.permissions].map(([source, document]) => {
      return { binding: "PERMISSIONS", key: source, name: `permissions/${source}`, document } as const;
    }),
  ] as const;
  const kept: EditedDocument[] = [];
  const replaced: ReplacedDocument[] = [];
  let relay = "";
  for (const { binding, key, name, document } of places) {
    const { text, before } = await put(await store.getKVNamespace(binding), key, document);
    if (binding === "CONFIG") relay = text;
    if (before === undefined) continue;
    if (document.file === undefined) kept.push({ binding, key });
    else if (before !== text) {
      const was = await findVersion(await store.getD1Database("LOG"), name, before);
      replaced.push({ binding, key, file: document.file, was });
    }
  }
  await removeStale(maps, documents.permissions);
  return { relay, kept, replaced };
}

/**
 * Whatever lacks the mark of start was put there by somebody: only the operator's own file replaces it. `before`: what
 * somebody had put there.
 */
async function put(
  namespace: Namespace,
  key: string,
  document: LocalDocument,
): Promise<{ readonly text: string; readonly before: string | undefined }> {
  const there = await namespace.getWithMetadata(key);
  const edited = there.value !== null && !fromStart.safeParse(there.metadata).success;
  const before = edited ? (there.value ?? undefined) : undefined;
  if (before !== undefined && document.file === undefined) return { text: before, before };
  await namespace.put(key, document.text, { metadata: ORIGIN });
  return { text: document.text, before };
}

/** A map that an earlier start put there must not decide for a source of another configuration. */
async function removeStale(namespace: Namespace, current: ReadonlyMap<string, unknown>): Promise<void> {
  const { keys } = await namespace.list();
  for (const { name, metadata } of keys) {
    if (!current.has(name) && fromStart.safeParse(metadata).success) await namespace.delete(name);
  }
}
