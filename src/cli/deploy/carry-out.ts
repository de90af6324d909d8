import { Refusal } from "../refusal.ts";
import type { Account } from "./account.ts";
import { configOf, type ResourceIds, writeConfig } from "./config.ts";
import { valuePath } from "./documents.ts";
import { type Found, findWorker } from "./look.ts";
import { adviseOn, idsOf, make } from "./make.ts";
import { rememberBuild } from "./memory.ts";
import type { NewSecret, Plan } from "./plan.ts";
import { step } from "./progress.ts";
import type { Project } from "./project.ts";
import { migrate, upload } from "./upload.ts";

/** What a plan is carried out with. */
export interface Deployment {
  readonly account: Account;
  readonly project: Project;
  readonly found: Found;
  readonly address: string;
  readonly build: (ids: ResourceIds) => Promise<string>;
  readonly jurisdiction?: string | undefined;
}

/**
 * Carries a plan out, the tables before the code. What was done before a step fails stays, and the next deploy goes on from
 * there.
 */
export async function carryOut(plan: Plan, deployment: Deployment): Promise<ResourceIds> {
  const { account, project, found, address, build } = deployment;
  const environment = { CLOUDFLARE_ACCOUNT_ID: account.id };
  console.log("");
  try {
    const made = new Map<string, string>();
    for (const part of plan.makes) {
      const work = () =>
        make(account, part, deployment.jurisdiction).catch((error: unknown) => {
          throw new Refusal(adviseOn(part, error));
        });
      made.set(part.name, await step(`made ${part.name}`, work));
    }
    const ids = idsOf(project.names, found, made);
    const config = configOf(project, ids);
    const current = await build(ids);
    await writeConfig(project, config, current, address);
    await rememberBuild(project.names.worker, undefined);
    if (plan.migrations.length > 0)
      await step(`migrated ${project.names.database}`, () => migrate(project, environment));
    if (plan.deploys !== undefined)
      await step(`deployed ${project.names.worker}`, () => deployWith(plan.secrets, deployment));
    for (const { binding, key, text } of plan.documents) {
      const work = () => account.api.write(valuePath(account, ids.namespaces[binding], key), text);
      await step(`put ${binding} ${key}`, work);
    }
    await rememberBuild(project.names.worker, current);
    return ids;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`${error.message}\n  Nothing was done after that; npm run deploy goes on from here.`);
  }
}

/** New secrets are told even if a later part of the deployment fails: nobody could ever read them again. */
async function deployWith(secrets: readonly NewSecret[], { account, project }: Deployment): Promise<void> {
  try {
    await upload(project, secrets, { CLOUDFLARE_ACCOUNT_ID: account.id });
  } catch (error) {
    const live = await findWorker(account, project.names.worker).catch(() => undefined);
    const told = newSecrets(secrets.filter(({ name }) => live?.secrets.includes(name)));
    if (told.length > 0) console.log(["  It has these secrets now; they are never shown again", ...told].join("\n"));
    throw error;
  }
}

/** The secrets that were made, to be shown once. */
export function newSecrets(secrets: readonly NewSecret[]): string[] {
  return secrets.filter(({ isNew }) => isNew).map(({ name, value }) => `  ${name}=${value}`);
}
