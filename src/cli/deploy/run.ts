import { createInterface } from "node:readline/promises";
import { bundleWorker, type WorkerModule } from "../local/bundle.ts";
import { Refusal } from "../refusal.ts";
import { openAccount } from "./account.ts";
import { carryOut } from "./carry-out.ts";
import { buildOf, configOf, type ResourceIds } from "./config.ts";
import { readFirstDocuments, withoutThoseThere } from "./documents.ts";
import { type Found, look } from "./look.ts";
import { idsOf } from "./make.ts";
import { readLastBuild } from "./memory.ts";
import { isDone, makePlan } from "./plan.ts";
import { planText } from "./plan-text.ts";
import { step } from "./progress.ts";
import { type Project, readProject } from "./project.ts";
import { wantedSecrets } from "./secrets.ts";
import { tellEnd } from "./tell-end.ts";

/** How to deploy. */
export interface DeployOptions {
  /** Another relay beside production's, such as `staging`. */
  readonly env?: string | undefined;
  /** Asks nothing. */
  readonly yes?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly jurisdiction?: string | undefined;
  /** Where the relay is reached, if not below workers.dev. */
  readonly url?: string | undefined;
}

/** Brings a relay in the user's account to what this folder says, and does nothing where it is there already. */
export async function deploy(options: DeployOptions): Promise<void> {
  const project = readProject(options.env);
  const { CLOUDFLARE_ACCOUNT_ID = project.config.account_id } = process.env;
  const account = await openAccount(CLOUDFLARE_ACCOUNT_ID, process.env);
  const found = await look(account, project);
  const address = addressOf(project, found, options.url);
  const documents = await readFirstDocuments(address);
  let bundled: Promise<WorkerModule[]> | undefined;
  const bundle = () => (bundled ??= bundleWorker());
  const build = async (ids: ResourceIds) => buildOf(await bundle(), configOf(project, ids));
  const plan = makePlan(project, found, {
    address,
    build: isWhole(found) ? await build(idsOf(project.names, found, new Map())) : undefined,
    lastBuild: await readLastBuild(project.names.worker),
    secrets: wantedSecrets(documents, address),
    documents: await withoutThoseThere(documents, account, found),
  });
  console.log(planText({ account: account.name, worker: project.names.worker, url: address }, plan));
  if (plan.obstacles.length > 0 || address === undefined) throw new Refusal("nothing was done; mend this first");
  if (options.dryRun) return;
  if (!isDone(plan) && !(await isAgreed(options))) return console.log("Nothing was done.");
  if (bundled === undefined) await step("built the Worker", bundle);
  const ids = await carryOut(plan, { account, project, found, address, build, jurisdiction: options.jurisdiction });
  await tellEnd({ account, namespace: ids.namespaces.CONFIG, address, plan });
}

function addressOf({ names }: Project, { worker, subdomain }: Found, chosen: string | undefined): string | undefined {
  const usual = subdomain === undefined ? undefined : `https://${names.worker}.${subdomain}.workers.dev`;
  return chosen ?? worker?.address ?? usual;
}

/** Whether every part with an id is there. */
function isWhole({ namespaces, database }: Found): boolean {
  return [namespaces.CONFIG, namespaces.PERMISSIONS, database].every((id) => id !== undefined);
}

/** Asks once, where somebody can answer. */
async function isAgreed({ yes }: DeployOptions): Promise<boolean> {
  if (yes || !process.stdin.isTTY || !process.stdout.isTTY) return true;
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asking.question("\nGo on? [Y/n] ");
  asking.close();
  return ["", "y", "yes"].includes(answer.trim().toLowerCase());
}
