import { type VendorId, vendorIds } from "../../vendors/index.ts";
import { ToldFailure } from "../refusal.ts";
import { refuseUnreachable } from "../relay/answer.ts";
import { localRelayUrl } from "../relay/client.ts";
import { columns, paint } from "../terminal.ts";
import { withOwnBody } from "./own-body.ts";
import { askAs, type GivenQuestion } from "./question.ts";
import { buildRequest, freshen } from "./request.ts";
import { readSample, sampleNames, vendorNamed } from "./sample.ts";
import { findTarget, type GivenTarget } from "./target.ts";

/** An answer that takes longer does not come. */
const LIMIT_MS = 30_000;

/** Where a webhook goes, what proves it, and what it says. */
export interface SendOptions extends GivenTarget, GivenQuestion {
  readonly url?: string | undefined;
  /** File of a body of one's own. */
  readonly body?: string | undefined;
}

/** Sends one realistic webhook to a relay and shows the answer; without vendor or sample, lists those that there are. */
export async function send(vendorName: string | undefined, name: string | undefined, options: SendOptions) {
  if (vendorName === undefined) return list(vendorIds);
  const vendor = vendorNamed(vendorName);
  const { body, url: base = localRelayUrl() } = options;
  if (name === undefined && body === undefined) return list([vendor]);
  const sample = body === undefined ? readSample(vendor, name ?? "") : await withOwnBody(vendor, name, body);
  const { isDemoKey, ...target } = await findTarget(base, vendor, options);
  const request = buildRequest(askAs(sample, options), { base, ...target }, freshen(sample, target.key));
  const response = await fetch(request, { signal: AbortSignal.timeout(LIMIT_MS) }).catch((error: unknown) =>
    refuseUnreachable(base, error),
  );
  console.log(`${paint(response.ok ? "green" : "red", String(response.status))} ${await response.text()}`);
  if (response.status === 401) console.error(explainRefused(target.source, isDemoKey));
  if (!response.ok) throw new ToldFailure();
}

function explainRefused(source: string, isDemoKey: boolean): string {
  return isDemoKey
    ? `${source} does not take the demo's key, which was used: name its own by --key or in .dev.vars`
    : `${source} does not take this key; name its own by --key`;
}

function list(vendors: readonly VendorId[]): void {
  console.log(vendors.flatMap((id) => columns(sampleNames(id).map((name) => [id, name]))).join("\n"));
}
