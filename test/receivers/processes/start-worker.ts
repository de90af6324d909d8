import { readFileSync } from "node:fs";
import { transform } from "esbuild";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import type { Receiver } from "./start.ts";

/** Starts the sample for Workers in workerd, with a database made by its schema. */
export async function startWorker(secrets: readonly string[]): Promise<Receiver> {
  const printed: string[] = [];
  const source = readFileSync("docs/receivers/workers/receiver.ts", "utf8");
  const options = {
    modules: true,
    script: (await transform(source, { loader: "ts" })).code,
    compatibilityDate: /^compatibility_date = "(.+)"$/m.exec(settings())?.[1],
    bindings: { WEBHOOK_SECRET: secrets.join(" ") },
    d1Databases: ["DB"],
    port: 0,
    cf: false,
    handleStructuredLogs: ({ message }: { readonly message: string }) => void printed.push(message),
  };
  const worker = new Miniflare(convertV4MiniflareOptions(options));
  const url = String(await worker.ready);
  const db = await worker.getD1Database("DB");
  const schema = readFileSync("docs/receivers/workers/schema.sql", "utf8").replaceAll(/--.*$/gm, "");
  for (const statement of schema.split(";").filter((text) => text.trim() !== "")) await db.prepare(statement).run();
  return { url, lines: () => printed, close: () => worker.dispose() };
}

function settings(): string {
  return readFileSync("docs/receivers/workers/wrangler.toml", "utf8");
}
