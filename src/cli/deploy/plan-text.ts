import { columns, paint } from "../terminal.ts";
import { isDone, type Made, type Plan } from "./plan.ts";

const kinds: Readonly<Record<Made["kind"], string>> = {
  namespace: "KV namespace",
  database: "D1 database",
  queue: "queue",
};

const reasons: Readonly<Record<NonNullable<Plan["deploys"]>, string>> = {
  new: "there is none of that name yet",
  changed: "another build or setting runs",
  incomplete: "its queues or its cron are not set up",
};

/** Which relay, and where. */
export interface Heading {
  readonly account: string;
  readonly worker: string;
  readonly url: string | undefined;
}

/** What a deploy is going to do, for whoever is to agree. */
export function planText({ account, worker, url }: Heading, plan: Plan): string {
  const add = paint("green", "+");
  const rows = [
    ...plan.keeps.map(({ kind, name }) => [paint("dim", "="), kinds[kind], name, paint("dim", "is there")]),
    ...plan.makes.map(({ kind, name }) => [add, kinds[kind], name, ""]),
    ...plan.migrations.map((name) => [add, "migration", name, paint("dim", "before the new code")]),
    ...plan.secrets.map(({ name, isNew }) => [add, "secret", name, paint("dim", isNew ? "made now, shown once" : "")]),
    ...(plan.deploys === undefined ? [] : [[add, "Worker", worker, paint("dim", reasons[plan.deploys])]]),
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
    ...plan.obstacles.map((one) => `  ${paint("red", "!")} ${one}`),
  ].join("\n");
}
