import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Parsed } from "../../config/documents/parse.ts";
import { parseRelay } from "../../config/parse-relay.ts";
import { parsePermissions } from "../../login/store/parse-permissions.ts";
import { listFaults } from "../faults.ts";
import { inProject } from "../local/project-path.ts";
import { Refusal } from "../refusal.ts";
import { readNamedFile } from "../relay/read-file.ts";
import type { Account } from "./account.ts";
import type { Found } from "./look.ts";
import type { FirstDocument } from "./plan.ts";

/** Where first documents lie, in the project's folder. */
export const documentFiles = { relay: "relay.json", maps: "permissions" } as const;

/** The documents of this folder that could be the relay's first ones, as the relay would take them. */
export async function readFirstDocuments(publicUrl: string | undefined): Promise<FirstDocument[]> {
  const relay = inProject(documentFiles.relay);
  if (!existsSync(relay)) return [];
  const maps = inProject(documentFiles.maps);
  const names = existsSync(maps) ? (await readdir(maps)).filter((name) => name.endsWith(".json")).sort() : [];
  return [
    {
      binding: "CONFIG",
      key: "relay",
      file: documentFiles.relay,
      text: await readValid(relay, documentFiles.relay, (text) => parseRelay(text, { allowPrivate: false, publicUrl })),
    },
    ...(await Promise.all(
      names.map(async (name) => ({
        binding: "PERMISSIONS" as const,
        key: basename(name, ".json"),
        file: join(documentFiles.maps, name),
        text: await readValid(join(maps, name), join(documentFiles.maps, name), parsePermissions),
      })),
    )),
  ];
}

/** Those of the documents that the relay has none of yet. */
export async function withoutThoseThere(
  documents: readonly FirstDocument[],
  account: Account,
  { namespaces }: Found,
): Promise<FirstDocument[]> {
  const there = await Promise.all(
    documents.map(async ({ binding, key }) => {
      const namespace = namespaces[binding];
      return namespace !== undefined && (await account.api.read(valuePath(account, namespace, key))) !== undefined;
    }),
  );
  return documents.filter((_, at) => !there[at]);
}

/** Where the API has the value of a key. */
export function valuePath({ id }: Account, namespace: string, key: string): string {
  return `accounts/${id}/storage/kv/namespaces/${namespace}/values/${encodeURIComponent(key)}`;
}

async function readValid(file: string, name: string, parse: (text: string) => Parsed<unknown>): Promise<string> {
  const text = await readNamedFile(file, name);
  const parsed = parse(text);
  if (parsed.state !== "valid") throw new Refusal(`${name} is not valid:\n${listFaults(parsed.faults)}`);
  return text;
}
