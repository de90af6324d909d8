import * as z from "zod";
import { readJson } from "../../platform/read-json.ts";
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
const status = z.object({ faulty: fault, remarks: fault, faults: fault });
const description = z.object({ servers: z.tuple([z.object({ url: z.string() })]) });

/** Finds out how a relay is. Never rejects. */
export async function examine(url: string, token: string | undefined): Promise<Facts> {
  const said = await askHealth(url);
  if (said === undefined || token === undefined)
    return { url, health: said, ...(said && { api: "no_token" as const }) };
  const headers = { authorization: `Bearer ${token}` };
  const [tested, standing, described] = await Promise.all([
    ask(`${url}/api/selftest`, { method: "POST", headers }),
    ask(`${url}/api/config/status`, { headers }),
    ask(`${url}/api/openapi.json`, { headers }),
  ]);
  const { faulty = [], remarks = [], faults = [] } = status.safeParse(standing?.body).data ?? {};
  return {
    url,
    health: said,
    api: standing?.status === 401 ? "unauthorized" : standing?.status === 200 ? "open" : undefined,
    publicUrl: description.safeParse(described?.body).data?.servers[0].url,
    steps: selftest.safeParse(tested?.body).data?.steps ?? [],
    remarks,
    faults: [...faulty, ...faults],
  };
}

/** What `/health` says; undefined when nothing answers. */
export async function askHealth(url: string): Promise<Health | undefined> {
  return health.safeParse((await ask(`${url}/health`))?.body).data;
}

async function ask(url: string, init: RequestInit = {}): Promise<{ status: number; body: unknown } | undefined> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(LIMIT_MS) });
    return { status: response.status, body: readJson(await response.text()) };
  } catch {
    return undefined;
  }
}
