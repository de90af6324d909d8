import type { Found } from "./look.ts";
import type { Project } from "./project.ts";

/** The secret that tells the Worker where it is reached: no later deployment, whoever makes it, takes it away. */
export const PUBLIC_URL = "PUBLIC_URL";

/** A part of the relay that is made. */
export interface Made {
  readonly kind: "namespace" | "database" | "queue";
  readonly name: string;
}

/** A secret that is set because the Worker has none of that name. Only `PUBLIC_URL` is ever replaced, when it moves. */
export interface NewSecret {
  readonly name: string;
  readonly value: string;
  /** It was made just now, and is shown once. */
  readonly isNew: boolean;
}

/** A document that is put where none is. `key`: of its namespace. */
export interface FirstDocument {
  readonly binding: "CONFIG" | "PERMISSIONS";
  readonly key: string;
  readonly file: string;
  readonly text: string;
}

/** What a deploy is going to do, in this order. */
export interface Plan {
  readonly makes: readonly Made[];
  readonly keeps: readonly Made[];
  readonly migrations: readonly string[];
  readonly secrets: readonly NewSecret[];
  /** Why the Worker is deployed; undefined when the same build runs already. */
  readonly deploys?: "new" | "changed" | "incomplete" | undefined;
  readonly documents: readonly FirstDocument[];
  /** Why nothing of it can be done. */
  readonly obstacles: readonly string[];
}

/** What is wanted beyond the resources. */
export interface Wanted {
  /** The build that would run; undefined when it cannot be known before its resources are made. */
  readonly build?: string | undefined;
  /** The build whose deployment from here came to its end last. */
  readonly lastBuild?: string | undefined;
  /** Where the relay is to be reached; undefined when nobody knows. */
  readonly address?: string | undefined;
  readonly secrets: readonly NewSecret[];
  readonly documents: readonly FirstDocument[];
}

/** Compares what there is with what is wanted. */
export function makePlan({ names, config, migrations }: Project, found: Found, wanted: Wanted): Plan {
  const parts: readonly (Made & { readonly isThere: boolean })[] = [
    ...(["CONFIG", "PERMISSIONS"] as const).map((binding) => ({
      kind: "namespace" as const,
      name: names.namespaces[binding],
      isThere: found.namespaces[binding] !== undefined,
    })),
    { kind: "database", name: names.database, isThere: found.database !== undefined },
    ...Object.values(names.queues).map((name) => ({ kind: "queue" as const, name, isThere: found.queues.has(name) })),
  ];
  const own = (isThere: boolean) =>
    parts.filter((part) => part.isThere === isThere).map(({ kind, name }) => ({ kind, name }));
  const isMoved = found.worker?.address !== undefined && found.worker.address !== wanted.address;
  const secrets = wanted.secrets.filter(
    ({ name }) => !(found.worker?.secrets ?? []).includes(name) || (isMoved && name === PUBLIC_URL),
  );
  return {
    makes: own(false),
    keeps: own(true),
    migrations: migrations.filter((name) => !found.migrated.includes(name)),
    secrets,
    deploys: reasonToDeploy(found, wanted, secrets.length > 0, names.worker, config.triggers.crons),
    documents: wanted.documents,
    obstacles: [
      ...[...found.queues].flatMap(([queue, workers]) =>
        workers
          .filter((worker) => worker !== names.worker)
          .map((worker) => `queue ${queue} is consumed by another Worker, ${worker}`),
      ),
      ...(wanted.address !== undefined
        ? []
        : [
            "this account has no name below workers.dev yet: open Workers & Pages in its dashboard once, or give --url",
          ]),
    ],
  };
}

function reasonToDeploy(
  { worker, queues }: Found,
  { build, lastBuild }: Wanted,
  hasNewSecrets: boolean,
  name: string,
  crons: readonly string[],
): Plan["deploys"] {
  if (worker === undefined) return "new";
  if (build === undefined || worker.build !== build || hasNewSecrets) return "changed";
  const isConsumed = [...queues.values()].every((workers) => workers.includes(name));
  // Where cron triggers are not told, a deployment that came to its end has set them.
  const isTimed =
    worker.crons === undefined ? lastBuild === build : crons.every((cron) => worker.crons?.includes(cron));
  return isConsumed && isTimed && worker.isOpen ? undefined : "incomplete";
}

/** Whether there is nothing to do. */
export function isDone(plan: Plan): boolean {
  const { makes, migrations, secrets, deploys, documents } = plan;
  return [makes, migrations, secrets, documents].every(({ length }) => length === 0) && deploys === undefined;
}
