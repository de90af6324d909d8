import type { WorkerModule } from "../local/build/worker-modules.ts";
import { Refusal } from "../refusal.ts";
import type { CloudAccount } from "./cloud/account.ts";
import type { Found } from "./cloud/look.ts";
import { idsOf, make, refuseToMake } from "./cloud/make.ts";
import { migrateRemotely, type SecretToSet } from "./cloud/upload.ts";
import { putValue } from "./cloud/values.ts";
import { deployWith } from "./deploy-with.ts";
import type { Address, Plan } from "./plan/plan.ts";
import { timed } from "./progress.ts";
import { type ResourceIds, writeDeployConfig } from "./project/config.ts";
import type { Jurisdiction } from "./project/jurisdiction.ts";
import { keepInMind, type Memory } from "./project/memory.ts";
import type { Project, WranglerConfig } from "./project/project.ts";

/** What a plan is carried out with. */
export interface Deployment {
  readonly account: CloudAccount;
  readonly project: Project;
  readonly found: Found;
  readonly address: Address;
  /** The Worker, which is built once. */
  readonly bundle: () => Promise<readonly WorkerModule[]>;
  /** What would be deployed with these parts, and the name of that build. */
  readonly configWith: (ids: ResourceIds) => WranglerConfig;
  readonly nameBuild: (ids: ResourceIds) => Promise<string>;
  readonly jurisdiction?: Jurisdiction | undefined;
  readonly memory: Memory;
  /** The command that was given. */
  readonly command: string;
}

/**
 * Carries a plan out, the tables before the code. What was done before a step fails stays, and the next deploy goes on from
 * there.
 * @returns the secrets that were set
 */
export async function carryOut(plan: Plan, deployment: Deployment): Promise<readonly SecretToSet[]> {
  const { account, project, found, address, bundle, configWith, nameBuild, jurisdiction, memory, command } = deployment;
  const { worker, database } = project.names;
  const url = address.isSure ? address.url : undefined;
  try {
    const made = new Map<string, string>();
    for (const part of plan.makes) {
      const work = () => make(account, part, jurisdiction).catch((error: unknown) => refuseToMake(part, error));
      made.set(part.name, await timed(`made ${part.name}`, work));
    }
    const ids = idsOf(project.names, found, made);
    const build = await nameBuild(ids);
    await writeDeployConfig(project, configWith(ids), build, url);
    const { build: before, isBegun = found.database === undefined } = memory;
    await keepInMind(account.id, worker, { build: before, address: url, jurisdiction, isBegun });
    const environment = { CLOUDFLARE_ACCOUNT_ID: account.id };
    if (plan.migrations.length > 0) await timed(`migrated ${database}`, () => migrateRemotely(project, environment));
    const secrets = plan.deploys === undefined ? [] : await deployWith(await bundle(), plan.secrets, account, project);
    for (const { binding, key, text } of plan.documents) {
      await timed(`put ${binding} ${key}`, () => putValue(account, ids.namespaces[binding], key, text));
    }
    await keepInMind(account.id, worker, { build, address: url, jurisdiction });
    return secrets;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`${error.message}\n  What came before it is done and stays; ${command} goes on from here.`);
  }
}
