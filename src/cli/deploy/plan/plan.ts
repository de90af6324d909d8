import type { Found } from "../cloud/look.ts";
import type { Part } from "../cloud/make.ts";
import type { SecretToSet } from "../cloud/upload.ts";
import { PUBLIC_URL } from "../project/config.ts";
import type { Jurisdiction } from "../project/jurisdiction.ts";
import type { Project } from "../project/project.ts";

/** A document that is put where none is. `key`: of its namespace. */
export interface FirstDocument {
  readonly binding: "CONFIG" | "PERMISSIONS";
  readonly key: string;
  readonly file: string;
  readonly text: string;
}

/** Where the relay is reached. */
export interface Address {
  /** What is told of it; undefined when nobody knows. */
  readonly url?: string | undefined;
  /** It was reached elsewhere before, or nobody knows where, and somebody says where now. */
  readonly isMoved: boolean;
  /** It is what `PUBLIC_URL` says, too. */
  readonly isSure: boolean;
}

/** What a deploy is going to do, in this order. */
export interface Plan {
  readonly makes: readonly Part[];
  readonly keeps: readonly Part[];
  readonly migrations: readonly string[];
  readonly secrets: readonly SecretToSet[];
  /** Why the Worker is deployed; undefined when the same build runs already. */
  readonly deploys?: "new" | "changed" | "split" | "incomplete" | undefined;
  readonly documents: readonly FirstDocument[];
  /** Why nothing of it can be done. */
  readonly obstacles: readonly string[];
  /** What somebody should know, and need not do anything about. */
  readonly remarks: readonly string[];
}

/** What is wanted beyond the parts. */
export interface Wanted {
  /** The name of the build that would run; undefined when it cannot be known before its parts are made. */
  readonly build?: string | undefined;
  /** The last build whose deployment from here came to its end. */
  readonly lastBuild?: string | undefined;
  readonly address: Address;
  readonly secrets: readonly SecretToSet[];
  /** Names of secrets that nobody has set. */
  readonly unset: readonly string[];
  /** A first deploy from here did not come to its end: what there is, it made. */
  readonly isBegun: boolean;
  /** What else nobody should overlook. */
  readonly remarks?: readonly string[];
  /** Where what was made from here keeps its data, and where it should. */
  readonly jurisdictions?: readonly [before: Jurisdiction | undefined, now: Jurisdiction | undefined];
  /** A version of before that has a secret which the one in force lacks, and could not be had again. */
  readonly lostKey?: string | undefined;
  readonly documents: readonly FirstDocument[];
}

/** Where a relay is to be reached. `known`: where it was said to be until now. */
export function judgeAddress(
  { worker, subdomain }: Pick<Found, "worker" | "subdomain">,
  name: string,
  { chosen, known }: { readonly chosen?: string | undefined; readonly known?: string | undefined },
): Address {
  const usual = subdomain === undefined ? undefined : `https://${name}.${subdomain}.workers.dev`;
  const url = chosen ?? known ?? usual;
  const isSet = worker?.secrets.includes(PUBLIC_URL) === true;
  const isMoved = isSet && (known === undefined ? chosen !== undefined : known !== url);
  return { url, isMoved, isSure: !isSet || isMoved || known !== undefined };
}

/** Compares what there is with what is wanted. */
export function makePlan(project: Project, found: Found, wanted: Wanted): Plan {
  const { names, migrations } = project;
  const { address } = wanted;
  const parts: readonly (Part & { readonly isThere: boolean })[] = [
    ...(["CONFIG", "PERMISSIONS"] as const).map((binding) => ({
      kind: "namespace" as const,
      name: names.namespaces[binding],
      isThere: found.namespaces[binding] !== undefined,
    })),
    { kind: "database", name: names.database, isThere: found.database !== undefined },
    ...Object.values(names.queues).map((name) => ({ kind: "queue" as const, name, isThere: found.queues.has(name) })),
  ];
  const those = (isThere: boolean) =>
    parts.filter((part) => part.isThere === isThere).map(({ kind, name }) => ({ kind, name }));
  const makes = those(false);
  const secrets = wanted.secrets.filter(
    ({ name }) => !(found.worker?.secrets ?? []).includes(name) || (address.isMoved && name === PUBLIC_URL),
  );
  const isNewKey = secrets.some(({ name, from }) => name === "RELAY_KEY" && from === "made");
  const [before, now] = wanted.jurisdictions ?? [];
  return {
    makes,
    keeps: those(true),
    migrations: migrations.filter((name) => !found.migrated.includes(name)),
    secrets,
    deploys: reasonToDeploy(found, wanted, secrets.length > 0, project),
    documents: wanted.documents,
    obstacles: [
      ...[...found.queues].flatMap(([queue, consumers]) =>
        consumers.filter((one) => one !== names.worker).map((one) => `queue ${queue} is consumed by another, ${one}`),
      ),
      ...(address.url === undefined
        ? ["this account has no name below workers.dev yet: open Workers & Pages in its dashboard once, or give --url"]
        : []),
      ...(before !== undefined && now !== undefined && before !== now
        ? [`what is there keeps its data in ${before}, and that cannot be changed: leave --jurisdiction out`]
        : []),
      ...(isNewKey && wanted.lostKey !== undefined
        ? [
            `version ${wanted.lostKey} has a RELAY_KEY that the one in force lacks: npm run rollback -- --to ${wanted.lostKey}, or set RELAY_KEY to that key`,
          ]
        : []),
    ],
    remarks: [
      ...(wanted.remarks ?? []),
      ...(address.isSure ? [] : ["PUBLIC_URL stays as it is; if that is another address, give it by --url"]),
      ...wanted.unset.map(
        (name) => `${name} is set neither in the Worker nor in .dev.vars: what it proves or signs will not work`,
      ),
      ...(isNewKey && found.migrated.length > 0 && !wanted.isBegun
        ? [
            "there is a database of before: set RELAY_KEY to its key, or repeats and subjects of before are not recognised",
          ]
        : []),
    ],
  };
}

function reasonToDeploy(
  { worker, queues }: Found,
  { build, lastBuild }: Wanted,
  hasSecrets: boolean,
  { names, config }: Project,
): Plan["deploys"] {
  if (worker === undefined) return "new";
  if (build === undefined || worker.build !== build || hasSecrets) return "changed";
  if (worker.isSplit) return "split";
  const isConsumed = Object.values(names.queues).every((queue) => queues.get(queue)?.includes(names.worker));
  // Where cron triggers are not told, a deployment that came to its end has set them.
  const isTimed =
    worker.crons === undefined
      ? lastBuild === build
      : config.triggers.crons.every((cron) => worker.crons?.includes(cron));
  return isConsumed && isTimed && worker.isOpen === config.workers_dev ? undefined : "incomplete";
}

/** Whether there is nothing to do. */
export function isDone(plan: Plan): boolean {
  const { makes, migrations, secrets, deploys, documents } = plan;
  return [makes, migrations, secrets, documents].every(({ length }) => length === 0) && deploys === undefined;
}
