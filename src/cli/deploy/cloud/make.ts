import * as z from "zod";
import { Refusal } from "../../refusal.ts";
import type { ResourceIds } from "../project/config.ts";
import type { ResourceNames } from "../project/names.ts";
import type { CloudAccount } from "./account.ts";
import { ApiRefusal } from "./api.ts";
import type { Found } from "./look.ts";

/** A part of the relay: it is there, or it is made. */
export interface Part {
  readonly kind: "namespace" | "database" | "queue";
  readonly name: string;
}

/** Cloudflare's code for an account that has as many databases as its plan allows. */
const TOO_MANY_DATABASES = 7406;

const namespace = z.object({ id: z.string() });
const database = z.object({ uuid: z.string() });

/**
 * Makes one part of a relay and gives its id. What cannot be made twice is made by name, so that what a deploy left behind
 * that did not come to its end is taken up by the next one.
 * @param jurisdiction where the data stays, such as `eu`; it cannot be changed later
 */
export async function make(
  account: CloudAccount,
  { kind, name }: Part,
  jurisdiction: string | undefined,
): Promise<string> {
  const { id, api } = account;
  const where = jurisdiction === undefined ? {} : { jurisdiction };
  if (kind === "namespace") {
    const made = await api.call(namespace, "POST", `accounts/${id}/storage/kv/namespaces`, { title: name, ...where });
    return made.id;
  }
  if (kind === "database")
    return (await api.call(database, "POST", `accounts/${id}/d1/database`, { name, ...where })).uuid;
  await api.call(z.unknown(), "POST", `accounts/${id}/queues`, { queue_name: name, ...where });
  return name;
}

/** The ids of all parts, those that were there and those that were made. */
export function idsOf(names: ResourceNames, found: Found, made: ReadonlyMap<string, string> = new Map()): ResourceIds {
  const idOf = (known: string | undefined, name: string) => {
    const id = known ?? made.get(name);
    if (id === undefined) throw new Error(`${name} was neither found nor made`);
    return id;
  };
  return {
    namespaces: {
      CONFIG: idOf(found.namespaces.CONFIG, names.namespaces.CONFIG),
      PERMISSIONS: idOf(found.namespaces.PERMISSIONS, names.namespaces.PERMISSIONS),
    },
    database: idOf(found.database, names.database),
  };
}

/** Says which part cannot be made, why, and what would help. */
export function refuseToMake({ kind, name }: Part, error: unknown): never {
  const told = error instanceof Error ? error.message : String(error);
  const isFull = error instanceof ApiRefusal && error.code === TOO_MANY_DATABASES;
  const advice = isFull ? "; delete one that is not needed, or take Workers Paid" : "";
  throw new Refusal(`${kind} ${name} cannot be made: ${told}${advice}`);
}
