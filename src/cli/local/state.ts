import type { Miniflare } from "miniflare";
import * as z from "zod";
import type { LocalDocument, LocalDocuments } from "./documents.ts";
import { migrate } from "./migrate.ts";
import { openStore } from "./worker.ts";

type Namespace = Awaited<ReturnType<Miniflare["getKVNamespace"]>>;

const ORIGIN = { origin: "start" };
const fromStart = z.object({ origin: z.literal("start") });

/** Where a document stands in the local KV. */
export interface EditedDocument {
  readonly binding: "CONFIG" | "PERMISSIONS";
  readonly key: string;
}

/** The local state, ready for the relay. */
export interface PreparedState {
  /** The configuration that stands in the local KV. */
  readonly relay: string;
  /** Documents that were edited by hand and kept. */
  readonly kept: readonly EditedDocument[];
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
  const config = await store.getKVNamespace("CONFIG");
  const maps = await store.getKVNamespace("PERMISSIONS");
  const relay = await put(config, "relay", documents.relay);
  const kept: EditedDocument[] = relay.kept ? [{ binding: "CONFIG", key: "relay" }] : [];
  for (const [source, document] of documents.permissions) {
    if ((await put(maps, source, document)).kept) kept.push({ binding: "PERMISSIONS", key: source });
  }
  await removeStale(maps, documents.permissions);
  return { relay: relay.text, kept };
}

/** Whatever lacks the mark of start was put there by somebody: only the operator's own file replaces it. */
async function put(
  namespace: Namespace,
  key: string,
  document: LocalDocument,
): Promise<{ readonly text: string; readonly kept: boolean }> {
  const there = await namespace.getWithMetadata(key);
  const edited = there.value !== null && !fromStart.safeParse(there.metadata).success;
  if (there.value !== null && edited && document.file === undefined) return { text: there.value, kept: true };
  await namespace.put(key, document.text, { metadata: ORIGIN });
  return { text: document.text, kept: false };
}

/** A map that an earlier start put there must not decide for a source of another configuration. */
async function removeStale(namespace: Namespace, current: ReadonlyMap<string, unknown>): Promise<void> {
  const { keys } = await namespace.list();
  for (const { name, metadata } of keys) {
    if (!current.has(name) && fromStart.safeParse(metadata).success) await namespace.delete(name);
  }
}
