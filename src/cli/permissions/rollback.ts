import { VERSION } from "../arguments.ts";
import { readAnswer, tellWritten } from "../relay/answer.ts";
import { printJson } from "../relay/pages.ts";
import { tellVersions, versions } from "../relay/versions.ts";
import { type MapOptions, type Operands, openTarget, sortOperands } from "./target.ts";

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
  if (isListed) return tellVersions(readAnswer(versions, given), "no map was put yet; permissions push puts one");
  tellWritten(given);
}
