import * as z from "zod";
import { BUILD } from "../project/config.ts";
import type { CloudflareApi } from "./api.ts";

/** What was put in force at once. */
export interface Deployed {
  /** Cloudflare's ids of the versions; more than one where each gets a part of the requests. */
  readonly versions: readonly string[];
  /** When, RFC 3339. */
  readonly at: string;
}

/** One version of a Worker. */
export interface Version {
  readonly id: string;
  /** They are counted. */
  readonly number: number;
  /** Which build it is, where a deploy of ours made it. */
  readonly build?: string | undefined;
  readonly secrets: readonly string[];
}

const deployments = z.object({
  deployments: z.array(z.object({ created_on: z.string(), versions: z.array(z.object({ version_id: z.string() })) })),
});
const version = z.object({
  id: z.string(),
  number: z.number(),
  resources: z.object({
    bindings: z.array(z.object({ name: z.string(), type: z.string(), text: z.string().optional() })),
  }),
});

/** What was put in force of a Worker, the newest first. */
export async function listDeployments(account: string, api: CloudflareApi, worker: string): Promise<Deployed[]> {
  const path = `accounts/${account}/workers/scripts/${worker}/deployments`;
  const found = await api.call(deployments, "GET", path);
  return found.deployments.map(({ created_on, versions }) => {
    return { versions: versions.map(({ version_id }) => version_id), at: created_on };
  });
}

/** One version. */
export async function readVersion(account: string, api: CloudflareApi, worker: string, id: string): Promise<Version> {
  const path = `accounts/${account}/workers/scripts/${worker}/versions/${id}`;
  const { number, resources } = await api.call(version, "GET", path);
  return {
    id,
    number,
    build: resources.bindings.find(({ name }) => name === BUILD)?.text,
    secrets: resources.bindings.filter(({ type }) => type === "secret_text").map(({ name }) => name),
  };
}

/** Puts a version in force for all requests. Rejects when its secrets are not those of now, unless `force` is said. */
export async function putInForce(
  account: string,
  api: CloudflareApi,
  worker: string,
  { id, force }: { readonly id: string; readonly force: boolean },
): Promise<void> {
  const path = `accounts/${account}/workers/scripts/${worker}/deployments${force ? "?force=true" : ""}`;
  const body = { strategy: "percentage", versions: [{ version_id: id, percentage: 100 }] };
  await api.call(z.unknown(), "POST", path, body);
}
