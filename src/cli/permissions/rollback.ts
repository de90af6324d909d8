import { tellWritten } from "../relay/answer.ts";
import { printJson } from "../relay/pages.ts";
import { tellVersions } from "../relay/versions.ts";
import { type MapOptions, type Operands, openTarget, sortOperands } from "./target.ts";

/** The number of a version, or its hash. */
const VERSION = /^(?:[0-9a-f]{16}|\d{1,15})$/;

/** `json`: the relay's answer is printed as it is. */
interface RollbackOptions extends MapOptions {
  readonly json?: boolean | undefined;
}

/** Puts an older version of the map in force again; without one, lists those that there are. */
export async function rollBackMap(operands: Operands, options: RollbackOptions): Promise<void> {
  const { source, last: version } = sortOperands(operands, options, (text) => VERSION.test(text));
  const { relay, path } = await openTarget(options, source);
  const isListed = version === undefined;
  const given = isListed
    ? await relay.call("GET", `${path}/versions`)
    : await relay.call("POST", `${path}/rollback`, { body: JSON.stringify({ version }) });
  if (options.json) return printJson(given);
  if (isListed) return tellVersions(given, "no map was put yet; permissions push puts one");
  tellWritten(given);
}
