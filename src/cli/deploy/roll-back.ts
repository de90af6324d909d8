import { diagnose, isUnwell } from "../doctor/diagnose.ts";
import { examine } from "../doctor/examine.ts";
import { listFindings } from "../doctor/run.ts";
import { Refusal, ToldFailure } from "../refusal.ts";
import { columns } from "../terminal.ts";
import { type CloudAccount, chosenAccount, openAccount } from "./cloud/account.ts";
import { ApiRefusal } from "./cloud/api.ts";
import { type Deployed, listDeployments, putInForce, readVersion, type Version } from "./cloud/deployments.ts";
import { findWorker } from "./cloud/look.ts";
import { isAgreed } from "./is-agreed.ts";
import { timed } from "./progress.ts";
import { remember } from "./project/memory.ts";
import { readProject } from "./project/project.ts";

/** Which relay goes back, and to which version. */
export interface RollBackOptions {
  readonly env?: string | undefined;
  readonly yes?: boolean | undefined;
  /** Cloudflare's id of a version, or its beginning; the build of before, unless given. */
  readonly to?: string | undefined;
  /** Secrets that were changed since come back, too. */
  readonly oldSecrets?: boolean | undefined;
}

/** How Cloudflare says that a version has other secrets than those of now, and before which words it names them. */
const OTHER_SECRETS = 10_220;
const NAMES_AFTER = "The following secrets have changed: ";
/** Versions that are looked at, the newest first. */
const MAX_VERSIONS = 20;

/** Puts the code of before in force again, and says how the relay is then. Tables and documents stay. */
export async function rollBackRelay({ to, oldSecrets = false, ...options }: RollBackOptions): Promise<void> {
  const { config, names } = readProject(options.env);
  const account = await openAccount(chosenAccount(config, process.env), process.env);
  const live = await findWorker(account, names.worker);
  if (live === undefined) throw new Refusal(`${account.name} has no Worker ${names.worker}; nothing was done`);
  const [current, ...before] = await listDeployments(account.id, account.api, names.worker);
  const targets = await findTargets(account, names.worker, current, before);
  const target = to === undefined ? newestBefore(targets) : named(targets, to);
  console.log(
    [
      `${names.worker} in ${account.name}`,
      ...columns([
        ["runs", current?.versions.join(" and ") ?? "nothing", current === undefined ? "" : `since ${current.at}`],
        ["goes back to", target.id, `of ${target.at}`],
      ]),
      "  Its tables and documents stay.",
    ].join("\n"),
  );
  if (!(await isAgreed(options))) throw new Refusal("nothing was done");
  await timed(`rolled ${names.worker} back`, () => goBack(account, names.worker, target, oldSecrets));
  const address = live.address ?? (await remember(account.id, names.worker)).address ?? live.publicUrl;
  if (address === undefined) return console.log("  npx hookswitch doctor --url … tells how it is");
  const facts = await timed(`tried the relay at ${address}`, () => examine(address, process.env.ADMIN_TOKEN));
  const found = diagnose({ ...facts, environment: options.env ?? "production" });
  console.log(["", ...listFindings(found)].join("\n"));
  if (facts.health.state !== "silent" && isUnwell(found)) throw new ToldFailure();
}

/** A version that can be put in force again, and when it was. */
interface Target extends Version {
  readonly at: string;
}

/** The versions that once ran alone and are of another build than the one that runs; the newest first. */
async function findTargets(
  account: CloudAccount,
  worker: string,
  current: Deployed | undefined,
  before: readonly Deployed[],
): Promise<Target[]> {
  const known = new Set(current?.versions.length === 1 ? current.versions : []);
  const alone = before.flatMap(({ versions: [version, ...others], at }) => {
    if (version === undefined || others.length > 0 || known.has(version)) return [];
    known.add(version);
    return { version, at };
  });
  const read = (id: string) => readVersion(account.id, account.api, worker, id);
  const [now, ...all] = await Promise.all([
    current?.versions[0] === undefined ? undefined : read(current.versions[0]),
    ...alone.slice(0, MAX_VERSIONS).map(async ({ version, at }): Promise<Target> => ({ ...(await read(version)), at })),
  ]);
  return olderBuilds(
    now,
    all.filter((one) => one !== undefined),
    (current?.versions.length ?? 1) > 1,
  );
}

/**
 * Those of another build than the one that runs, older than it: a version that was rolled back from is not gone back to.
 * While two share the requests, the older of them is one of those.
 */
export function olderBuilds<T extends Version>(now: Version | undefined, all: readonly T[], isSplit: boolean): T[] {
  const isOlder = ({ number }: T) => now === undefined || isSplit || number < now.number;
  const isOther = ({ build }: T) => now?.build === undefined || build !== now.build;
  return all.filter((one) => isOlder(one) && isOther(one));
}

function newestBefore([newest]: readonly Target[]): Target {
  if (newest !== undefined) return newest;
  throw new Refusal("there is no build before this one; nothing was done");
}

function named(targets: readonly Target[], to: string): Target {
  const [found, ...others] = targets.filter(({ id }) => id.startsWith(to));
  if (found !== undefined && others.length === 0) return found;
  const choice = columns(targets.map(({ id, at }) => [id, at]));
  throw new Refusal(`which version? there were\n${choice.join("\n")}`);
}

/** A version has the secrets of its time: where they were changed since, nobody gets the old ones back unasked. */
async function goBack(account: CloudAccount, worker: string, { id }: Target, force: boolean): Promise<void> {
  try {
    await putInForce(account.id, account.api, worker, { id, force });
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.code !== OTHER_SECRETS) throw error;
    const [, told = "some secrets"] = error.message.split(NAMES_AFTER);
    const [names = told] = told.split(" [code");
    throw new Refusal(
      `that version has older values of ${names}, which would be in force again; nothing was done\n` +
        "  --old-secrets goes back all the same; set what has to be new afterwards: npx wrangler secret put",
    );
  }
}
