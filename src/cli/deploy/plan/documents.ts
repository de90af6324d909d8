import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import * as z from "zod";
import type { Parsed } from "../../../config/documents/parse.ts";
import { parseRelay } from "../../../config/parse-relay.ts";
import { type PlanName, planName } from "../../../config/plan.ts";
import { parsePermissions } from "../../../login/store/parse-permissions.ts";
import { readJson } from "../../../platform/read-json.ts";
import { acceptValid } from "../../faults.ts";
import { inProject } from "../../local/project-path.ts";
import { readNamedFile } from "../../relay/read-file.ts";
import type { CloudAccount } from "../cloud/account.ts";
import { ApiRefusal } from "../cloud/api.ts";
import type { Found } from "../cloud/look.ts";
import type { FirstDocument } from "./plan.ts";

/** Where first documents lie, in the project's folder. */
export const documentFiles = { relay: "relay.json", maps: "permissions" } as const;

type Listed = Pick<FirstDocument, "binding" | "key" | "file">;

const told = z.looseObject({ plan: planName.optional() });

/** The documents of a relay. */
export interface Documents {
  /** Those of this folder of which the relay has none yet, as it would take them. */
  readonly first: readonly FirstDocument[];
  /** The configuration that is in force, or will be: its text. */
  readonly relay?: string | undefined;
}

/** How documents are read. */
export interface ReadingRules {
  readonly publicUrl: string | undefined;
  /** A deploy from here came to its end: what cannot be seen is there, and stays as it is. */
  readonly isEnded: boolean;
}

/** A document in KV; `unseen`: the answer does not tell whether there is one. */
type Live =
  | { readonly state: "there"; readonly text: string }
  | { readonly state: "none" | "unseen"; readonly text?: undefined };

/** Reads the documents of the relay and of this folder. Rejects when one that is to be put is not valid. */
export async function readDocuments(
  account: CloudAccount,
  found: Found,
  { publicUrl, isEnded }: ReadingRules,
): Promise<Documents> {
  const listed = await listFiles();
  const isMissing = (live: Live | undefined) => live?.state === "none" || (live?.state === "unseen" && !isEnded);
  const [config, ...maps] = await Promise.all([
    readLive({ binding: "CONFIG", key: "relay" }, account, found),
    ...listed.maps.map((one) => readLive(one, account, found)),
  ]);
  const missing = [...(isMissing(config) ? listed.relay : []), ...listed.maps.filter((_, at) => isMissing(maps[at]))];
  const first = await Promise.all(missing.map(async (one) => ({ ...one, text: await readValid(one, publicUrl) })));
  const put = first.find(({ binding }) => binding === "CONFIG")?.text;
  return {
    first,
    relay: config?.text ?? put ?? (config?.state === "unseen" ? await readOwn(listed.relay) : undefined),
  };
}

/** Cloudflare's plan of the account, as far as a configuration says it. */
export function planIn(relay: string | undefined): PlanName | undefined {
  return told.safeParse(readJson(relay ?? "")).data?.plan;
}

/** Where the API has the value of a key. */
export function valuePath({ id }: CloudAccount, namespace: string, key: string): string {
  return `accounts/${id}/storage/kv/namespaces/${namespace}/values/${encodeURIComponent(key)}`;
}

async function listFiles(): Promise<{ readonly relay: readonly Listed[]; readonly maps: readonly Listed[] }> {
  const { relay, maps } = documentFiles;
  const folder = inProject(maps);
  const names = existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith(".json")).sort() : [];
  return {
    relay: existsSync(inProject(relay)) ? [{ binding: "CONFIG", key: "relay", file: relay }] : [],
    maps: names.map((name) => ({ binding: "PERMISSIONS", key: basename(name, ".json"), file: join(maps, name) })),
  };
}

/** What this folder has is the best guess at what cannot be seen. */
async function readOwn([relay]: readonly Listed[]): Promise<string | undefined> {
  return relay && readNamedFile(inProject(relay.file), relay.file);
}

async function readLive(
  { binding, key }: Omit<Listed, "file">,
  account: CloudAccount,
  { namespaces }: Found,
): Promise<Live> {
  const namespace = namespaces[binding];
  if (namespace === undefined) return { state: "none" };
  try {
    const text = await account.api.read(valuePath(account, namespace, key));
    return text === undefined ? { state: "none" } : { state: "there", text };
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) return { state: "unseen" };
    throw error;
  }
}

async function readValid({ binding, file }: Listed, publicUrl: string | undefined): Promise<string> {
  const text = await readNamedFile(inProject(file), file);
  const parsed: Parsed<unknown> =
    binding === "CONFIG" ? parseRelay(text, { allowPrivate: false, publicUrl }) : parsePermissions(text);
  acceptValid(file, parsed);
  return text;
}
