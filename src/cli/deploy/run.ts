import { isLoopback } from "../../config/host.ts";
import { isAbsoluteUrl } from "../../platform/absolute-url.ts";
import { bundleWorker } from "../local/build/bundle.ts";
import type { WorkerModule } from "../local/build/worker-modules.ts";
import { readDevVars } from "../local/dev-vars.ts";
import { Refusal } from "../refusal.ts";
import { carryOut } from "./carry-out.ts";
import { type CloudAccount, chosenAccount, openAccount } from "./cloud/account.ts";
import { listDeployments, readVersion } from "./cloud/deployments.ts";
import { type Found, type LiveWorker, look } from "./cloud/look.ts";
import { idsOf } from "./cloud/make.ts";
import { isAgreed } from "./is-agreed.ts";
import { planIn, readDocuments } from "./plan/documents.ts";
import { isDone, judgeAddress, makePlan } from "./plan/plan.ts";
import { planText } from "./plan/plan-text.ts";
import { remarkDocuments } from "./plan/remark-documents.ts";
import { unsetSecrets, wantedSecrets } from "./plan/secrets.ts";
import { timed } from "./progress.ts";
import { buildOf, configOf, type ResourceIds } from "./project/config.ts";
import type { Jurisdiction } from "./project/jurisdiction.ts";
import { remember } from "./project/memory.ts";
import { readProject, type WranglerConfig } from "./project/project.ts";
import { tellEnd } from "./tell-end.ts";

/** Versions that are looked at, the newest first. */
const MAX_VERSIONS = 10;

/** How to deploy. */
export interface DeployOptions {
  /** Another relay beside production's, such as `staging`. */
  readonly env?: string | undefined;
  /** Asks nothing. */
  readonly yes?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly jurisdiction?: Jurisdiction | undefined;
  /** Where the relay is reached, if not below workers.dev. */
  readonly url?: string | undefined;
}

/** Brings a relay in the user's account to what this folder says, and does nothing where it is there already. */
export async function deploy(options: DeployOptions): Promise<void> {
  const project = readProject(options.env);
  const { worker } = project.names;
  const account = await openAccount(chosenAccount(project.config, process.env), process.env);
  const found = await look(account, project);
  const memory = await remember(account.id, worker);
  const { isBegun = false, jurisdiction = options.jurisdiction } = memory;
  const written = addressIn(project.config);
  const known = found.worker && (found.worker.address ?? memory.address ?? found.worker.publicUrl ?? written);
  const address = judgeAddress(found, worker, {
    chosen: options.url ?? (found.worker === undefined ? written : undefined),
    known,
  });
  const {
    first: documents,
    relay,
    mapless,
  } = await readDocuments(account, found, {
    publicUrl: address.url,
    isBegun,
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
    secrets: wantedSecrets(relay, address.url, process.env, declared),
    unset: unsetSecrets(relay, found.worker?.secrets ?? [], declared),
    isBegun,
    remarks: [
      ...remarkDocuments(documents, relay, mapless),
      ...(options.env !== undefined && documents.length > 0
        ? ["its first documents and their secrets are those of this folder, as production's"]
        : []),
    ],
    jurisdictions: [memory.jurisdiction, options.jurisdiction],
    lostKey: await findLostKey(account, worker, found.worker),
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
  const made = { account, project, found, address, bundle, configWith, nameBuild, jurisdiction, memory, command };
  const secrets = await carryOut(plan, made);
  const token = secrets.find(({ name }) => name === "ADMIN_TOKEN")?.value;
  await tellEnd({ address: url, isNew: plan.deploys === "new", worker, relay, token, env: options.env });
}

/** A version of before that has the root secret which the live one lacks: it was rolled back over the making of that. */
async function findLostKey({ id, api }: CloudAccount, name: string, live: LiveWorker | undefined) {
  if (live === undefined || live.secrets.includes("RELAY_KEY")) return undefined;
  const deployed = await listDeployments(id, api, name);
  const before = [...new Set(deployed.flatMap(({ versions }) => versions))].slice(0, MAX_VERSIONS);
  const versions = await Promise.all(before.map((version) => readVersion(id, api, name, version)));
  return versions.find(({ secrets }) => secrets.includes("RELAY_KEY"))?.id;
}

/** An address that somebody wrote into wrangler.toml; this machine is none. */
function addressIn({ vars }: WranglerConfig): string | undefined {
  const { PUBLIC_URL: written } = vars;
  const isAddress = typeof written === "string" && isAbsoluteUrl(written) && !isLoopback(new URL(written).hostname);
  return isAddress ? new URL(written).origin : undefined;
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
