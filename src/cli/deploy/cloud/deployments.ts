import * as z from "zod";
import type { CloudAccount } from "./account.ts";

/** What was put in force at once. */
export interface Deployed {
  /** Cloudflare's ids of the versions; more than one where each gets a part of the requests. */
  readonly versions: readonly string[];
  /** When, RFC 3339. */
  readonly at: string;
}

const deployments = z.object({
  deployments: z.array(
    z.object({
      created_on: z.string(),
      versions: z.array(z.object({ version_id: z.string() })),
    }),
  ),
});

/** What was put in force of a Worker, the newest first. */
export async function listDeployments({ id, api }: CloudAccount, worker: string): Promise<Deployed[]> {
  const path = `accounts/${id}/workers/scripts/${worker}/deployments`;
  const found = await api.call(deployments, "GET", path);
  return found.deployments.map(({ created_on, versions }) => {
    return { versions: versions.map(({ version_id }) => version_id), at: created_on };
  });
}

/** A version that can be put in force again, and when it was. */
export interface Target {
  readonly version: string;
  readonly at: string;
}

/** Each version that once ran alone, the newest first. Where two share the requests now, the one of before is among them. */
export function targetsOf(current: Deployed | undefined, before: readonly Deployed[]): Target[] {
  const known = new Set(current?.versions.length === 1 ? current.versions : []);
  return before.flatMap(({ versions: [version, ...others], at }) => {
    if (version === undefined || others.length > 0 || known.has(version)) return [];
    known.add(version);
    return { version, at };
  });
}
