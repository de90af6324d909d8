import { columns, paint } from "../../terminal.ts";
import type { Part } from "../cloud/make.ts";
import type { SecretToSet } from "../cloud/upload.ts";
import { PUBLIC_URL } from "../project/config.ts";
import { isDone, type Plan } from "./plan.ts";

const kinds: Readonly<Record<Part["kind"], string>> = {
  namespace: "KV namespace",
  database: "D1 database",
  queue: "queue",
};

const reasons: Readonly<Record<NonNullable<Plan["deploys"]>, string>> = {
  new: "there is none of that name yet",
  changed: "another build or setting runs",
  split: "two versions share the requests",
  incomplete: "the deployment before did not come to its end",
};

const sources: Readonly<Record<SecretToSet["from"], string>> = {
  made: "made now, shown once",
  environment: "from the environment",
  ".dev.vars": "from .dev.vars",
  plan: "",
};

/** Which relay, and where. */
export interface Heading {
  readonly account: string;
  readonly worker: string;
  readonly url: string | undefined;
  readonly isMoved: boolean;
  readonly jurisdiction: string | undefined;
}

/** What a deploy is going to do, for whoever is to agree. */
export function planText({ account, worker, url, isMoved, jurisdiction }: Heading, plan: Plan): string {
  const add = paint("green", "+");
  const where = jurisdiction === undefined ? "" : `its data stays in ${jurisdiction}`;
  const kept = jurisdiction === undefined ? "is there" : "is there, wherever it keeps its data";
  const rows = [
    ...plan.keeps.map(({ kind, name }) => [paint("dim", "="), kinds[kind], name, paint("dim", kept)]),
    ...plan.makes.map(({ kind, name }) => [add, kinds[kind], name, paint("dim", where)]),
    ...plan.migrations.map((name) => [add, "migration", name, paint("dim", "before the new code")]),
    ...plan.secrets.map(({ name, from }) =>
      name === PUBLIC_URL && isMoved
        ? [paint("yellow", "~"), "secret", name, paint("dim", "another address")]
        : [add, "secret", name, paint("dim", sources[from])],
    ),
    plan.deploys === undefined
      ? [paint("dim", "="), "Worker", worker, paint("dim", "this build runs")]
      : [add, "Worker", worker, paint("dim", reasons[plan.deploys])],
    ...plan.documents.map(({ binding, key, file }) => [add, `${binding} document`, key, paint("dim", `from ${file}`)]),
  ];
  return [
    ...columns([
      [paint("bold", "account"), account],
      [paint("bold", "Worker"), worker],
      [paint("bold", "address"), url ?? "not known yet"],
    ]),
    "",
    ...(isDone(plan)
      ? [`${paint("green", "Nothing to do:")} all of it is there, and this build runs.`]
      : columns(rows)),
    ...plan.remarks.map((one) => `  ${paint("yellow", "!")} ${one}`),
    ...plan.obstacles.map((one) => `  ${paint("red", "!")} ${one}`),
  ].join("\n");
}
