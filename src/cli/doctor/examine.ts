import * as z from "zod";
import { readJson } from "../../platform/read-json.ts";
import { finding } from "../../status/finding.ts";
import { causeOf } from "../relay/answer.ts";
import { isLocal } from "../relay/client.ts";
import type { Facts, Health } from "./diagnose.ts";

const LIMIT_MS = 30_000;

const health = z.object({
  ok: z.boolean(),
  broken: z.array(z.string()).default([]),
  warnings: z.array(z.string()).default([]),
});
const fault = z.array(z.object({ path: z.string(), message: z.string() }));
const selftest = z.object({
  steps: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string().optional() })),
});
const judgement = z.object({ items: z.array(finding) });
const status = z.object({ faulty: fault, remarks: fault, faults: fault });
const description = z.object({ servers: z.tuple([z.object({ url: z.string() })]) });

/** Finds out how a relay is. Never rejects. */
export async function examine(url: string, token: string | undefined): Promise<Facts> {
  const said = await askHealth(url);
  const known = { url, isLocal: isLocal(url), health: said };
  if (said.state !== "told") return known;
  if (token === undefined) return { ...known, api: "no_token" };
  const headers = { authorization: `Bearer ${token}` };
  // Before the self-test, whose messages would be found in the queues.
  const judged = await ask(`${url}/api/status`, { headers });
  const [tested, standing, described] = await Promise.all([
    ask(`${url}/api/selftest`, { method: "POST", headers }),
    ask(`${url}/api/config/status`, { headers }),
    ask(`${url}/api/openapi.json`, { headers }),
  ]);
  const { faulty = [], remarks = [], faults = [] } = status.safeParse(standing.body).data ?? {};
  return {
    ...known,
    api: standing.status === 401 ? "unauthorized" : standing.status === 200 ? "open" : undefined,
    publicUrl: description.safeParse(described.body).data?.servers[0].url,
    steps: selftest.safeParse(tested.body).data?.steps ?? tested.why ?? `it answers ${tested.status}`,
    remarks,
    faults: [...faulty, ...faults],
    items: judgement.safeParse(judged.body).data?.items,
  };
}

/** What `/health` says. */
export async function askHealth(url: string): Promise<Health> {
  const { status, body, why } = await ask(`${url}/health`);
  if (status === undefined) return { state: "silent", why };
  const told = health.safeParse(body).data;
  return told === undefined ? { state: "no_relay", status } : { state: "told", ...told };
}

/** An answer, or why there is none. */
type Asked =
  | { readonly status: number; readonly body: unknown; readonly why?: undefined }
  | { readonly status?: undefined; readonly body?: undefined; readonly why: string };

async function ask(url: string, init: RequestInit = {}): Promise<Asked> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(LIMIT_MS) });
    return { status: response.status, body: readJson(await response.text()) };
  } catch (error) {
    return { why: causeOf(error) };
  }
}
