import * as z from "zod";
import { examine } from "../../config/check/examine.ts";
import { locate } from "../../config/documents/locate.ts";
import type { Fault } from "../../config/documents/parse.ts";
import { UsageError } from "../arguments.ts";
import { listFaults, refuseFaults, tellRemarks, tellValid } from "../faults.ts";
import { localLookup } from "../local/local-lookup.ts";
import { Refusal, ToldFailure } from "../refusal.ts";
import { readAnswer } from "../relay/answer.ts";
import { localRelayUrl, openRelayClient, type RelayOptions } from "../relay/client.ts";
import { readNamedFile } from "../relay/read-file.ts";

/** By whose rules a file is checked. */
export interface CheckOptions extends RelayOptions {
  /** Those of the relay on this machine. */
  readonly local?: boolean | undefined;
  readonly json?: boolean | undefined;
}

const finding = z.object({
  path: z.string(),
  message: z.string(),
  near: z.string().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
});
const answer = z.object({ state: z.string(), faults: z.array(finding), remarks: z.array(finding) });

/** Tells all that is wrong with a configuration file and remarkable about it; by a relay, if one is named. */
export async function checkFile(file: string, options: CheckOptions): Promise<void> {
  const { url, local = false, json = false } = options;
  if (local && url !== undefined) throw new UsageError("either --local, or the relay of --url");
  const text = await readNamedFile(file);
  const found = url === undefined ? await checkHere(text, local) : await askRelay(text, options);
  if (json) console.log(JSON.stringify(found, undefined, 2));
  else if (found.faults.length === 0) tellValid(file, found.remarks);
  else await refuse(file, text, found, url === undefined && !local);
  if (json && found.faults.length > 0) throw new ToldFailure(listFaults(found.faults));
}

interface Found {
  readonly state: string;
  readonly faults: readonly Fault[];
  readonly remarks: readonly Fault[];
}

async function checkHere(text: string, local: boolean): Promise<Found> {
  const { state, faults, remarks } = await examine(text, {
    rules: local ? { allowPrivate: true, publicUrl: localRelayUrl() } : { allowPrivate: false },
    isKeptElsewhere: true,
    lookup: local ? localLookup() : undefined,
  });
  return { state, faults: locate(text, faults), remarks: locate(text, remarks) };
}

async function askRelay(text: string, options: RelayOptions): Promise<Found> {
  return readAnswer(answer, await openRelayClient(options).call("POST", "config/check", { body: text }));
}

/** What is wrong only because production takes less than `npm start` does is told with how to ask for that. */
async function refuse(file: string, text: string, { faults, remarks }: Found, isStrict: boolean): Promise<never> {
  tellRemarks(remarks);
  const refusal = refuseFaults(file, faults);
  const isFineHere = isStrict && (await checkHere(text, true)).faults.length === 0;
  throw isFineHere ? new Refusal(`${refusal.message}\n  --local takes it, as npm start does`) : refusal;
}
