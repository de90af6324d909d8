import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Parsed } from "../../../config/documents/parse.ts";
import { parseRelay } from "../../../config/parse-relay.ts";
import { parsePermissions } from "../../../login/store/parse-permissions.ts";
import { busyPermissions, busyRelay } from "../../busy/documents.ts";
import { demoPermissions, demoRelay } from "../../demo/documents.ts";
import { acceptValid } from "../../faults.ts";
import { readNamedFile, refuseUnread } from "../../relay/read-file.ts";
import type { LocalSettings } from "../settings.ts";

/** A JSON text for the local KV. */
export interface LocalDocument {
  readonly text: string;
  /** The operator's file, if it is not the demo's document: it replaces even what was edited by hand. */
  readonly file?: string | undefined;
}

/** What start puts into the local KV. */
export interface LocalDocuments {
  readonly relay: LocalDocument;
  /** Permission maps by source id. */
  readonly permissions: ReadonlyMap<string, LocalDocument>;
}

/** The operator's own documents, validated, else the demo's. A map of the demo goes only with its configuration. */
export async function readDocuments(settings: LocalSettings): Promise<LocalDocuments> {
  const { config, permissions: folder, port, sinkPort, busy = false } = settings;
  if (busy) return { relay: { text: print(busyRelay(sinkPort)) }, permissions: printMaps(busyPermissions) };
  return {
    relay:
      config === undefined
        ? { text: print(demoRelay(sinkPort)) }
        : await readRelayFile(config, `http://localhost:${port}`),
    permissions: folder === undefined ? printMaps(config === undefined ? demoPermissions : {}) : await readMaps(folder),
  };
}

/** A configuration file, validated as the relay on this machine will. */
function readRelayFile(file: string, publicUrl: string): Promise<LocalDocument> {
  return readValid(file, "HOOKSWITCH_CONFIG", (text) => parseRelay(text, { allowPrivate: true, publicUrl: publicUrl }));
}

function printMaps(maps: Readonly<Record<string, object>>): ReadonlyMap<string, LocalDocument> {
  return new Map(
    Object.entries(maps).map(([source, document]): [string, LocalDocument] => [source, { text: print(document) }]),
  );
}

async function readMaps(folder: string): Promise<ReadonlyMap<string, LocalDocument>> {
  const names = await readdir(folder).catch((error: unknown) =>
    refuseUnread(`${folder} (HOOKSWITCH_PERMISSIONS)`, error),
  );
  const files = names.filter((name) => name.endsWith(".json")).sort();
  const documents = files.map(
    async (name): Promise<[string, LocalDocument]> => [
      basename(name, ".json"),
      await readValid(join(folder, name), "HOOKSWITCH_PERMISSIONS", parsePermissions),
    ],
  );
  return new Map(await Promise.all(documents));
}

async function readValid(
  file: string,
  variable: string,
  parse: (text: string) => Parsed<unknown>,
): Promise<LocalDocument> {
  const name = `${file} (${variable})`;
  const text = await readNamedFile(file, name);
  acceptValid(name, parse(text));
  return { text, file };
}

function print(document: unknown): string {
  return JSON.stringify(document, undefined, 2);
}
