import { bundleWorker, type WorkerModule } from "../local/bundle.ts";
import { readDevVars } from "../local/dev-vars.ts";
import { Refusal } from "../refusal.ts";
import { carryOut } from "./carry-out.ts";
import { chosenAccount, openAccount } from "./cloud/account.ts";
import { type Found, look } from "./cloud/look.ts";
import { idsOf } from "./cloud/make.ts";
import { isAgreed } from "./is-agreed.ts";
import { planIn, readDocuments } from "./plan/documents.ts";
import { isDone, judgeAddress, makePlan } from "./plan/plan.ts";
import { planText } from "./plan/plan-text.ts";
import { unsetSecrets, wantedSecrets } from "./plan/secrets.ts";
import { timed } from "./progress.ts";
import { buildOf, configOf, type ResourceIds } from "./project/config.ts";
import { remember } from "./project/memory.ts";
import { readProject } from "./project/project.ts";
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
  const { jurisdiction } = options;
  const project = readProject(options.env);
  const { worker } = project.names;
  const account = await openAccount(chosenAccount(project.config, process.env), process.env);
  const found = await look(account, project);
  const memory = await remember(worker);
  const known = found.worker && (found.worker.address ?? memory.address);
  const address = judgeAddress(found, worker, { chosen: options.url, known });
  const { first: documents, relay } = await readDocuments(account, found, {
    publicUrl: address.url,
    isEnded: memory.build !== undefined,
  });
  const declared = readDevVars().values;
  let bundled: Promise<WorkerModule[]> | undefined;
  const bundle = () => (bundled ??= bundleWorker());
  const configWith = (ids: ResourceIds) => configOf(project, ids, account.id, planIn(relay));
  const nameBuild = async (ids: ResourceIds) => buildOf(await bundle(), configWith(ids));
  const plan = makePlan(project, found, {
    address,
    build: hasIds(found) ? await nameBuild(idsOf(project.names, found)) : undefined,
    lastBuild: memory.build,
    secrets: wantedSecrets(documents, address.url, process.env, declared),
    unset: unsetSecrets(documents, found.worker?.secrets ?? [], declared),
    isBegun: memory.address !== undefined && memory.build === undefined,
    documents,
  });
  console.log(planText({ account: account.name, worker, ...address, url: address.url, jurisdiction }, plan));
  const { url } = address;
  if (plan.obstacles.length > 0 || url === undefined) throw new Refusal("nothing was done; mend this first");
  if (options.dryRun) return;
  if (!isDone(plan) && !(await isAgreed(options))) throw new Refusal("nothing was done");
  console.log("");
  if (bundled === undefined) await timed("built the Worker", bundle);
  const command = commandOf(options);
  await carryOut(plan, { account, project, found, address, configWith, nameBuild, jurisdiction, command });
  await tellEnd({ address: url, plan, worker, relay });
}

/** Whether every part that has an id is there. */
function hasIds({ namespaces, database }: Found): boolean {
  return [namespaces.CONFIG, namespaces.PERMISSIONS, database].every((id) => id !== undefined);
}

/** The command that goes on with this deploy. */
function commandOf({ env, jurisdiction, url }: DeployOptions): string {
  const given = Object.entries({ env, jurisdiction, url }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${value}`],
  );
  return given.length === 0 ? "npm run deploy" : `npm run deploy -- ${given.join(" ")}`;
}
