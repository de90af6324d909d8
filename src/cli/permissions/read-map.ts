import { locate } from "../../config/documents/locate.ts";
import type { PermissionsDocument } from "../../login/rules.ts";
import { parseKeptPermissions, parsePermissions } from "../../login/store/parse-permissions.ts";
import { refuseFaults } from "../faults.ts";
import { RelayRefusal } from "../relay/client.ts";
import { readNamedFile } from "../relay/read-file.ts";
import type { Target } from "./target.ts";

/** A map, and its text as it was written. */
export interface ReadMap {
  readonly text: string;
  readonly document: PermissionsDocument;
}

/** A map from a file; refused with path, line and column of each fault when it is not valid. */
export async function readMapFile(file: string): Promise<ReadMap> {
  const text = await readNamedFile(file);
  const parsed = parsePermissions(text);
  if (parsed.state !== "valid") throw refuseFaults(file, locate(text, parsed.faults));
  return { text, document: parsed.value };
}

/** The map of the relay, which is in force with all its faults; undefined when the source has none. */
export async function readRelayMap({
  relay,
  path,
}: Target): Promise<(ReadMap & { readonly version: string | undefined }) | undefined> {
  try {
    const { text, version } = await relay.call("GET", path);
    return { text, document: parseKeptPermissions(text).value, version };
  } catch (error) {
    // A source that is not configured is told from one without a map when it is written to.
    if (error instanceof RelayRefusal && error.code === "not_found") return undefined;
    throw error;
  }
}
