import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Parsed } from "../../../config/documents/parse.ts";
import { parseRelay } from "../../../config/parse-relay.ts";
import { parsePermissions } from "../../../login/store/parse-permissions.ts";
import { acceptValid } from "../../faults.ts";
import { inProject } from "../../local/project-path.ts";
import { readNamedFile } from "../../relay/read-file.ts";
import type { CloudAccount } from "../cloud/account.ts";
import type { Found } from "../cloud/look.ts";
import type { FirstDocument } from "./plan.ts";

/** Where first documents lie, in the project's folder. */
export const documentFiles = { relay: "relay.json", maps: "permissions" } as const;

type Listed = Pick<FirstDocument, "binding" | "key" | "file">;

/** The documents of this folder of which the relay has none yet, as it would take them. */
export async function readFirstDocuments(
  account: CloudAccount,
  found: Found,
  publicUrl: string | undefined,
): Promise<FirstDocument[]> {
  const listed = await listFiles();
  const there = await Promise.all(listed.map((one) => isThere(one, account, found)));
  const first = listed.filter((_, at) => !there[at]);
  return Promise.all(first.map(async (one) => ({ ...one, text: await readValid(one, publicUrl) })));
}

/** Where the API has the value of a key. */
export function valuePath({ id }: CloudAccount, namespace: string, key: string): string {
  return `accounts/${id}/storage/kv/namespaces/${namespace}/values/${encodeURIComponent(key)}`;
}

async function listFiles(): Promise<Listed[]> {
  const { relay, maps } = documentFiles;
  const folder = inProject(maps);
  const names = existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith(".json")).sort() : [];
  return [
    ...(existsSync(inProject(relay)) ? [{ binding: "CONFIG" as const, key: "relay", file: relay }] : []),
    ...names.map((name) => ({
      binding: "PERMISSIONS" as const,
      key: basename(name, ".json"),
      file: join(maps, name),
    })),
  ];
}

async function isThere({ binding, key }: Listed, account: CloudAccount, { namespaces }: Found): Promise<boolean> {
  const namespace = namespaces[binding];
  return namespace !== undefined && (await account.api.read(valuePath(account, namespace, key))) !== undefined;
}

async function readValid({ binding, file }: Listed, publicUrl: string | undefined): Promise<string> {
  const text = await readNamedFile(inProject(file), file);
  const parsed: Parsed<unknown> =
    binding === "CONFIG" ? parseRelay(text, { allowPrivate: false, publicUrl }) : parsePermissions(text);
  acceptValid(file, parsed);
  return text;
}
