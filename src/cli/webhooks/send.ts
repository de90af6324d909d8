import { type VendorId, vendorIds } from "../../vendors/index.ts";
import { demoSecrets, demoSourceOf } from "../demo/documents.ts";
import { Refusal, ToldFailure } from "../refusal.ts";
import { refuseUnreachable } from "../relay/answer.ts";
import { localRelayUrl } from "../relay/client.ts";
import { columns, paint } from "../terminal.ts";
import { buildRequest, freshen } from "./request.ts";
import { readSample, sampleNames, vendorNamed } from "./sample.ts";

/** Where a webhook goes, and what proves it. */
export interface SendOptions {
  readonly url?: string | undefined;
  readonly source?: string | undefined;
  readonly key?: string | undefined;
}

/** Sends one realistic webhook to a relay and shows the answer; without vendor or sample, lists those that there are. */
export async function send(vendorName: string | undefined, name: string | undefined, options: SendOptions) {
  if (vendorName === undefined) return list(vendorIds);
  const vendor = vendorNamed(vendorName);
  if (name === undefined) return list([vendor]);
  const sample = readSample(vendor, name);
  const { url: base = localRelayUrl(), key = demoSecrets.DEMO_KEY } = options;
  const source = options.source ?? demoSourceOf(vendor);
  if (source === undefined) throw new Refusal(`the demo has no source of ${vendor}; name one by --source and --key`);
  const target = { base, source, key };
  const request = buildRequest(sample, target, freshen(sample, key));
  const response = await fetch(request).catch((error: unknown) => refuseUnreachable(base, error));
  console.log(`${paint(response.ok ? "green" : "red", String(response.status))} ${await response.text()}`);
  if (response.status === 401) console.error(`${source} does not take this key; name its own by --key`);
  if (!response.ok) throw new ToldFailure();
}

function list(vendors: readonly VendorId[]): void {
  console.log(vendors.flatMap((id) => columns(sampleNames(id).map((name) => [id, name]))).join("\n"));
}
