import * as z from "zod";
import { vendorIds, vendorOf } from "../../vendors/index.ts";
import { asksAboutLogins } from "../../vendors/vendor.ts";
import { UsageError } from "../arguments.ts";
import { Refusal } from "../refusal.ts";
import { readAnswer } from "../relay/answer.ts";
import { openRelayClient, type RelayClient, type RelayOptions } from "../relay/client.ts";

/** The options of every command about a map. */
export interface MapOptions extends RelayOptions {
  readonly source?: string | undefined;
}

/** The map of one source at one relay; `path` is its place below `/api/`. */
export interface Target {
  readonly relay: RelayClient;
  readonly source: string;
  readonly path: string;
}

/** `[source] <last>` as they stand on the command line: the source may be left out. */
export type Operands = readonly [first: string | undefined, second: string | undefined];

/** Only an admin may read the configuration; which sources there are, the status tells whoever may read a map. */
const status = z.looseObject({ sources: z.array(z.looseObject({ id: z.string(), vendor: z.string() })) });

/**
 * Tells two operands apart.
 * @param isLast whether a lone operand is the last one
 */
export function sortOperands(
  [first, second]: Operands,
  { source }: MapOptions,
  isLast: (text: string) => boolean = () => true,
): { readonly source: string | undefined; readonly last: string | undefined } {
  if (second !== undefined) {
    if (source !== undefined) throw new UsageError(`too many arguments: ${second}`);
    return { source: first, last: second };
  }
  const isNamedTwice = source !== undefined && first !== undefined && !isLast(first);
  if (isNamedTwice) throw new UsageError(`${first} and --source ${source}: whose map?`);
  const isAlone = source !== undefined || (first !== undefined && isLast(first));
  return isAlone ? { source: undefined, last: first } : { source: first, last: undefined };
}

/** The map that is meant, and the file that has to be named behind its source. */
export async function openTargetWithFile(operands: Operands, options: MapOptions) {
  const { source, last: file } = sortOperands(operands, options);
  if (file === undefined) throw new UsageError("which file?");
  return { target: await openTarget(options, source), file };
}

/** The map that is meant: of the source named by `--source` or before the operands, else of the only one that asks. */
export async function openTarget(options: MapOptions, named?: string): Promise<Target> {
  if (options.source !== undefined && named !== undefined) throw new UsageError(`too many arguments: ${named}`);
  const relay = openRelayClient(options);
  const source = options.source ?? named ?? (await findAskingSource(relay));
  return { relay, source, path: `permissions/${encodeURIComponent(source)}` };
}

async function findAskingSource(relay: RelayClient): Promise<string> {
  const { sources } = readAnswer(status, await relay.call("GET", "status"));
  const asking = sources.flatMap(({ id, vendor }) => {
    const known = vendorIds.find((one) => one === vendor);
    return known !== undefined && asksAboutLogins(vendorOf(known)) ? [id] : [];
  });
  const [id] = asking;
  if (id !== undefined && asking.length === 1) return id;
  const choice = asking.join(", ");
  throw new Refusal(
    asking.length === 0 ? "no source of this relay asks login questions" : `which source? --source is one of ${choice}`,
  );
}
