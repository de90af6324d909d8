import { DocumentCache, type DocumentSource, type Loaded } from "../../config/documents/cache.ts";
import type { Parsed } from "../../config/documents/parse.ts";
import type { Source } from "../../config/load-relay.ts";
import type { Work } from "../../platform/work.ts";
import { compilePermissions, type Permissions } from "../compile.ts";
import type { PermissionsDocument } from "../rules.ts";
import { forgetAgents } from "../seen-agents.ts";
import { forgetUnknownProjects } from "../unknown-project.ts";
import { parseKeptPermissions, parsePermissions } from "./parse-permissions.ts";

const cache = new DocumentCache<PermissionsDocument>();
const compiled = new WeakMap<
  PermissionsDocument,
  { readonly zone: string | undefined; readonly permissions: Permissions }
>();

/** Where the permission document of a source stands. */
export function placePermissions(
  env: Pick<Env, "PERMISSIONS" | "LOG">,
  source: Pick<Source, "id" | "timezone" | "timezoneFaulty"> & Partial<Pick<Source, "storeTimeoutMs">>,
): Omit<DocumentSource<PermissionsDocument>, "defer"> {
  return {
    name: nameOf(source),
    key: source.id,
    kv: env.PERMISSIONS,
    log: env.LOG,
    parse: (text) => compileParsed(parsePermissions(text), ruleZoneOf(source)),
    parseKept: (text) => compileParsed(parseKeptPermissions(text), ruleZoneOf(source)),
    missing: "answer",
    kvLimit: source.storeTimeoutMs,
  };
}

function nameOf({ id }: Pick<Source, "id">): string {
  return `permissions/${id}`;
}

/** The zone of times that have none. */
export function mapZoneOf({ timezone = "UTC" }: Pick<Source, "timezone">): string {
  return timezone;
}

/** The zone by which rules apply; undefined where the configured one is none, and nobody can tell. */
export function ruleZoneOf(source: Pick<Source, "timezone" | "timezoneFaulty">): string | undefined {
  return source.timezoneFaulty === true ? undefined : mapZoneOf(source);
}

/** The permission document of a source as it is in force at `now`, ready for use. Never rejects. */
export function loadPermissions(
  source: Source,
  work: Work<Pick<Env, "PERMISSIONS" | "LOG">>,
): Loaded<Permissions> | Promise<Loaded<Permissions>> {
  const fresh = cache.fresh(nameOf(source), work.now);
  return fresh === undefined ? load(source, work) : { ...fresh, value: compile(fresh.value, ruleZoneOf(source)) };
}

async function load(
  source: Source,
  { env, now, defer }: Work<Pick<Env, "PERMISSIONS" | "LOG">>,
): Promise<Loaded<Permissions>> {
  const loaded = await cache.load({ ...placePermissions(env, source), defer }, now);
  return loaded.state === "ready" ? { ...loaded, value: compile(loaded.value, ruleZoneOf(source)) } : loaded;
}

/** Forgets every permission document, unknown project and agent, as a new isolate would. */
export function forgetPermissions(): void {
  cache.clear();
  forgetUnknownProjects();
  forgetAgents();
}

/** Compiles what was read at once, so that no answer has to wait for it. */
function compileParsed(parsed: Parsed<PermissionsDocument>, zone: string | undefined): Parsed<PermissionsDocument> {
  if (parsed.state !== "invalid") compile(parsed.value, zone);
  return parsed;
}

/** Compiled once for each document; again only when the source's zone was changed under it. */
function compile(document: PermissionsDocument, zone: string | undefined): Permissions {
  const known = compiled.get(document);
  if (known !== undefined && known.zone === zone) return known.permissions;
  const fresh = { zone, permissions: compilePermissions(document, zone) };
  compiled.set(document, fresh);
  return fresh.permissions;
}
