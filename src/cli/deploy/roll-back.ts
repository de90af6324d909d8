import { diagnose, isUnwell } from "../doctor/diagnose.ts";
import { examine } from "../doctor/examine.ts";
import { listFindings } from "../doctor/run.ts";
import { Refusal, ToldFailure } from "../refusal.ts";
import { chosenAccount, openAccount } from "./cloud/account.ts";
import { findWorker } from "./cloud/look.ts";
import { runWrangler } from "./cloud/wrangler.ts";
import { isAgreed } from "./is-agreed.ts";
import { timed } from "./progress.ts";
import { readProject } from "./project/project.ts";

/** Which relay goes back, and to which version. */
export interface RollBackOptions {
  readonly env?: string | undefined;
  readonly yes?: boolean | undefined;
  /** Cloudflare's id of a version; the one before, unless given. */
  readonly to?: string | undefined;
}

/** Puts the code of before in force again, and says how the relay is then. Tables, secrets and documents stay. */
export async function rollBackRelay({ to, ...options }: RollBackOptions): Promise<void> {
  const { config, names } = readProject(options.env);
  const account = await openAccount(chosenAccount(config, process.env), process.env);
  const live = await findWorker(account, names.worker);
  if (live === undefined) throw new Refusal(`${account.name} has no Worker ${names.worker}; npm run deploy makes it`);
  console.log(`${names.worker} goes back to ${to ?? "the version before"}; its tables, secrets and documents stay.`);
  if (!(await isAgreed(options))) throw new Refusal("nothing was done");
  const which = to === undefined ? [] : [to];
  const args = ["rollback", ...which, "--name", names.worker, "--yes"];
  await timed(`rolled ${names.worker} back`, () => runWrangler(args, { CLOUDFLARE_ACCOUNT_ID: account.id }));
  const { address } = live;
  if (address === undefined) return;
  const facts = await timed(`asked ${address} how it is`, () => examine(address, process.env.ADMIN_TOKEN));
  const found = diagnose(facts);
  console.log(listFindings(found).join("\n"));
  if (facts.health !== undefined && isUnwell(found)) throw new ToldFailure();
}
