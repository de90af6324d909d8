import { diagnose, isUnwell } from "../doctor/diagnose.ts";
import { examine } from "../doctor/examine.ts";
import { listFindings } from "../doctor/run.ts";
import { Refusal, ToldFailure } from "../refusal.ts";
import { columns } from "../terminal.ts";
import { chosenAccount, openAccount } from "./cloud/account.ts";
import { listDeployments, type Target, targetsOf } from "./cloud/deployments.ts";
import { findWorker } from "./cloud/look.ts";
import { runWrangler } from "./cloud/wrangler.ts";
import { isAgreed } from "./is-agreed.ts";
import { timed } from "./progress.ts";
import { readProject } from "./project/project.ts";

/** Which relay goes back, and to which version. */
export interface RollBackOptions {
  readonly env?: string | undefined;
  readonly yes?: boolean | undefined;
  /** Cloudflare's id of a version, or its beginning; the one before, unless given. */
  readonly to?: string | undefined;
}

/** Puts the code of before in force again, and says how the relay is then. Tables, secrets and documents stay. */
export async function rollBackRelay({ to, ...options }: RollBackOptions): Promise<void> {
  const { config, names } = readProject(options.env);
  const account = await openAccount(chosenAccount(config, process.env), process.env);
  const live = await findWorker(account, names.worker);
  if (live === undefined) throw new Refusal(`${account.name} has no Worker ${names.worker}; npm run deploy makes it`);
  const [current, ...before] = await listDeployments(account, names.worker);
  const target = choose(targetsOf(current, before), to);
  console.log(
    [
      `${names.worker} in ${account.name}`,
      ...columns([
        ["runs", current?.versions.join(" and ") ?? "nothing", current === undefined ? "" : `since ${current.at}`],
        ["goes back to", target.version, `of ${target.at}`],
      ]),
      "  Its tables, secrets and documents stay.",
    ].join("\n"),
  );
  if (!(await isAgreed(options))) throw new Refusal("nothing was done");
  const args = ["rollback", target.version, "--name", names.worker, "--yes"];
  await timed(`rolled ${names.worker} back`, () => runWrangler(args, { CLOUDFLARE_ACCOUNT_ID: account.id }));
  const { address } = live;
  if (address === undefined) return;
  const facts = await timed(`tried the relay at ${address}`, () => examine(address, process.env.ADMIN_TOKEN));
  const found = diagnose(facts);
  console.log(["", ...listFindings(found)].join("\n"));
  if (facts.health.state === "told" && isUnwell(found)) throw new ToldFailure();
}

function choose(targets: readonly Target[], to: string | undefined): Target {
  const [newest] = targets;
  if (newest === undefined) throw new Refusal("there is no version before this one; nothing was done");
  if (to === undefined) return newest;
  const [found, ...others] = targets.filter(({ version }) => version.startsWith(to));
  if (found !== undefined && others.length === 0) return found;
  const choice = columns(targets.map(({ version, at }) => [version, at]));
  throw new Refusal(`which version? there were\n${choice.join("\n")}`);
}
