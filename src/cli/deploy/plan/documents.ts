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
import type { Found } from "../cloud/look.ts";
import { type Live, readValue } from "../cloud/values.ts";
import type { FirstDocument } from "./plan.ts";
import { sourcesThatAsk } from "./remark-documents.ts";

/** Where first documents lie, in the project's folder. */
export const documentFiles = { relay: "relay.json", maps: "permissions" } as const;

type Listed = Pick<FirstDocument, "binding" | "key" | "file">;

const told = z.looseObject({ plan: planName.optional() });

/** The documents of a relay. */
export interface Documents {
  /** Those of this folder of which the relay has none yet, as it would take them. */
  readonly first: readonly FirstDocument[];
  /** The configuration that is in force, or will be: its text. */
  readonly relay: string | undefined;
  /** Sources that ask about logins and have no map, neither in force nor in this folder. */
  readonly mapless: readonly string[];
}

/** How documents are read. */
export interface ReadingRules {
  readonly publicUrl: string | undefined;
  /** A first deploy from here did not come to its end: only then what cannot be seen is missing. */
  readonly isBegun: boolean;
}

/** Reads the documents of the relay and of this folder. Rejects when one that is to be put is not valid. */
export async function readDocuments(
  account: CloudAccount,
  { namespaces }: Found,
  { publicUrl, isBegun }: ReadingRules,
): Promise<Documents> {
  const isMissing = (live: Live) => live.state === "none" || (live.state === "unseen" && isBegun);
  const own = await listFiles();
  const config = await readValue(account, namespaces.CONFIG, "relay");
  const toPut = isMissing(config) ? own.relay : [];
  // What this folder has is the best guess at what cannot be seen.
  const [file] = config.state === "there" ? [] : own.relay;
  const relay = config.text ?? (file && (await readNamedFile(inProject(file.file), file.file)));
  const asking = relay === undefined ? [] : sourcesThatAsk(relay);
  const wanted = [...new Set([...own.maps.map(({ key }) => key), ...asking])];
  const maps = new Map(
    await Promise.all(wanted.map(async (key) => [key, await readValue(account, namespaces.PERMISSIONS, key)] as const)),
  );
  const lacks = (key: string) => isMissing(maps.get(key) ?? { state: "none" });
  const missing = [...toPut, ...own.maps.filter(({ key }) => lacks(key))];
  return {
    first: await Promise.all(missing.map(async (one) => ({ ...one, text: await readValid(one, publicUrl) }))),
    relay,
    mapless: asking.filter((key) => lacks(key) && !own.maps.some((one) => one.key === key)),
  };
}

/** Cloudflare's plan of the account, as far as a configuration says it. */
export function planIn(relay: string | undefined): PlanName | undefined {
  return told.safeParse(readJson(relay ?? "")).data?.plan;
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

async function readValid({ binding, file }: Listed, publicUrl: string | undefined): Promise<string> {
  const text = await readNamedFile(inProject(file), file);
  const parsed: Parsed<unknown> =
    binding === "CONFIG" ? parseRelay(text, { allowPrivate: false, publicUrl }) : parsePermissions(text);
  acceptValid(file, parsed);
  return text;
}
