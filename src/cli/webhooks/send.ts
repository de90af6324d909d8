import { type VendorId, vendorIds } from "../../vendors/index.ts";
import { ToldFailure } from "../refusal.ts";
import { refuseUnreachable } from "../relay/answer.ts";
import { localRelayUrl } from "../relay/client.ts";
import { columns, paint } from "../terminal.ts";
import { buildRequest, freshen } from "./request.ts";
import { readSample, sampleNames, vendorNamed } from "./sample.ts";
import { findTarget, type GivenTarget } from "./target.ts";

/** An answer that takes longer does not come. */
const LIMIT_MS = 30_000;

/** Where a webhook goes, and what proves it. */
export interface SendOptions extends GivenTarget {
  readonly url?: string | undefined;
}

/** Sends one realistic webhook to a relay and shows the answer; without vendor or sample, lists those that there are. */
export async function send(vendorName: string | undefined, name: string | undefined, options: SendOptions) {
  if (vendorName === undefined) return list(vendorIds);
  const vendor = vendorNamed(vendorName);
  if (name === undefined) return list([vendor]);
  const sample = readSample(vendor, name);
  const { url: base = localRelayUrl() } = options;
  const { source, key } = await findTarget(base, vendor, options);
  const request = buildRequest(sample, { base, source, key }, freshen(sample, key));
  const response = await fetch(request, { signal: AbortSignal.timeout(LIMIT_MS) }).catch((error: unknown) =>
    refuseUnreachable(base, error),
  );
  console.log(`${paint(response.ok ? "green" : "red", String(response.status))} ${await response.text()}`);
  if (response.status === 401) console.error(`${source} does not take this key; name its own by --key`);
  if (!response.ok) throw new ToldFailure();
}

function list(vendors: readonly VendorId[]): void {
  console.log(vendors.flatMap((id) => columns(sampleNames(id).map((name) => [id, name]))).join("\n"));
}
