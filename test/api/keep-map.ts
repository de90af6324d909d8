import { env } from "cloudflare:workers";
import { hashText } from "../../src/config/documents/cache.ts";
import { keepDocument } from "../../src/log/documents/last-good.ts";

/** Keeps a map of the source `vcc` as its newest version, and puts it into KV, as if it had been put there at this time. */
export async function keepMap(map: object, at: string): Promise<void> {
  const body = JSON.stringify(map);
  await keepDocument(env.LOG, "permissions/vcc", { hash: await hashText(body), at: Date.parse(at), body }, "kv");
  await env.PERMISSIONS.put("vcc", body);
}
