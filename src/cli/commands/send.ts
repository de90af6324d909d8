import { parseArgs } from "node:util";
import { vendorIds } from "../../vendors/index.ts";
import { demoSecrets, demoSourceOf } from "../local/demo-documents.ts";
import { readPort } from "../local/settings.ts";
import { Refusal, UsageError } from "../refusal.ts";
import { columns, paint } from "../terminal.ts";
import { buildRequest, freshen } from "../webhooks/request.ts";
import { readSample, sampleNames, vendorNamed } from "../webhooks/sample.ts";

/** Sends one realistic webhook to a relay and shows the answer. */
export async function send(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      url: { type: "string", default: `http://localhost:${readPort(process.env, "PORT", 8787)}` },
      source: { type: "string" },
      key: { type: "string", default: demoSecrets.DEMO_KEY },
    },
  });
  const [vendorName, name, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`too many arguments: ${rest.join(" ")}`);
  if (vendorName === undefined) return list();
  const vendor = vendorNamed(vendorName);
  if (name === undefined) return list(vendor);
  const sample = readSample(vendor, name);
  const target = { base: values.url, source: values.source ?? demoSourceOf(vendor) ?? vendor, key: values.key };
  const request = buildRequest(sample, target, freshen(sample, values.key));
  const response = await fetch(request).catch((error: unknown) => refuseUnreachable(values.url, error));
  console.log(`${paint(response.ok ? "green" : "red", String(response.status))} ${await response.text()}`);
  return response.ok ? 0 : 1;
}

function list(vendor?: string): number {
  const shown = vendorIds.filter((id) => vendor === undefined || id === vendor);
  console.log(shown.flatMap((id) => columns(sampleNames(id).map((name) => [id, name]))).join("\n"));
  return 0;
}

function refuseUnreachable(url: string, error: unknown): never {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  throw new Refusal(`no relay answers at ${url}${code}; npm start runs one on this machine`);
}
