import * as z from "zod";
import { vendorIds, vendorOf } from "../../vendors/index.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { Refusal, UsageError } from "../refusal.ts";
import { openRelayClient, type RelayClient, relayOptions } from "../relay/client.ts";

/** Options of every command about a map. */
export const mapOptions = { ...relayOptions, source: { type: "string", short: "s" } } as const;

/** The map of one source at one relay; `path` is its place below `/api/`. */
export interface Target {
  readonly relay: RelayClient;
  readonly source: string;
  readonly path: string;
}

interface Values {
  readonly url?: string | undefined;
  readonly token?: string | undefined;
  readonly source?: string | undefined;
}

const config = z.object({ sources: z.record(z.string(), z.looseObject({ vendor: z.enum(vendorIds) })) });

/**
 * The map that is meant: of the source named by `--source` or before the operands, else of the only one that asks.
 * @param operands what else the command takes
 * @returns the target and the operands, undefined where there are fewer
 */
export async function openTarget(
  values: Values,
  positionals: readonly string[],
  operands: number,
): Promise<{ target: Target; operands: (string | undefined)[] }> {
  const named = values.source === undefined && positionals.length > operands ? positionals[0] : undefined;
  const rest = named === undefined ? positionals : positionals.slice(1);
  if (rest.length > operands) throw new UsageError(`too many arguments: ${rest.slice(operands).join(" ")}`);
  const relay = openRelayClient(values);
  const source = values.source ?? named ?? (await findAskingSource(relay));
  const target = { relay, source, path: `permissions/${encodeURIComponent(source)}` };
  return { target, operands: Array.from({ length: operands }, (_, at) => rest[at]) };
}

async function findAskingSource(relay: RelayClient): Promise<string> {
  const { sources } = config.parse(JSON.parse((await relay.call("GET", "config")).text));
  const asking = Object.entries(sources).filter(([, { vendor }]) => asks(vendorOf(vendor)));
  const [[id] = []] = asking;
  if (id !== undefined && asking.length === 1) return id;
  const choice = asking.map(([one]) => one).join(", ");
  throw new Refusal(
    asking.length === 0 ? "no source of this relay asks login questions" : `which source? --source is one of ${choice}`,
  );
}

function asks({ questionKind }: Vendor): boolean {
  return questionKind !== undefined;
}
