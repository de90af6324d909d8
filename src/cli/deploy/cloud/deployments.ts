import * as z from "zod";
import type { CloudAccount } from "./account.ts";

/** A version that was put in force. */
export interface Deployed {
  /** Cloudflare's id of the version. */
  readonly version: string;
  /** When, RFC 3339. */
  readonly at: string;
}

const deployments = z.object({
  deployments: z.array(
    z.object({
      created_on: z.string(),
      versions: z.array(z.object({ version_id: z.string(), percentage: z.number() })),
    }),
  ),
});

/** What was put in force of a Worker, the newest first; of a gradual deployment the version that most requests get. */
export async function listDeployments({ id, api }: CloudAccount, worker: string): Promise<Deployed[]> {
  const path = `accounts/${id}/workers/scripts/${worker}/deployments`;
  const found = await api.call(deployments, "GET", path);
  return found.deployments.flatMap(({ created_on: at, versions }) => {
    const [first] = [...versions].sort((one, other) => other.percentage - one.percentage);
    return first === undefined ? [] : { version: first.version_id, at };
  });
}
