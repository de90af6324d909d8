import * as z from "zod";
import { tellRemarks } from "../faults.ts";
import { readAnswer } from "../relay/answer.ts";
import { clockIn } from "../relay/clock.ts";
import { printJson } from "../relay/pages.ts";
import { columns } from "../terminal.ts";
import { type MapOptions, openTarget } from "./target.ts";

const answer = z.object({
  mode: z.string(),
  version: z.object({ version: z.number(), hash: z.string(), who: z.string(), since: z.string() }).optional(),
  faults: z.array(z.object({ path: z.string(), message: z.string() })),
  faulty: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
  unknownProjects: z.array(z.object({ project: z.string(), first: z.string() })),
  agreement: z
    .object({
      days: z.number(),
      asked: z.number(),
      agreed: z.number(),
      cut: z.boolean(),
      disagreed: z.array(
        z.object({
          agent: z.record(z.string(), z.string()),
          projects: z.array(z.object({ project: z.string(), guard: z.boolean(), rule: z.string() })),
          times: z.number(),
          last: z.string(),
        }),
      ),
    })
    .optional(),
});

/** How many days are compared. */
interface StatusOptions extends MapOptions {
  readonly days: number;
  readonly json?: boolean | undefined;
}

type Status = z.infer<typeof answer>;

/** Tells how the guard stands: its version, what it passes over, what it does not know, and how far it agrees. */
export async function tellStatus(source: string | undefined, options: StatusOptions): Promise<void> {
  const { relay, path } = await openTarget(options, source);
  const given = await relay.call("GET", `${path}/status?days=${options.days}`);
  if (options.json) return printJson(given);
  const told = readAnswer(answer, given);
  tellRemarks(
    told.faults.map(({ path, message }) => ({ path, message: `${message}; what stands in KV is passed over` })),
  );
  tellRemarks(told.faulty);
  tellRemarks(
    told.unknownProjects.map(({ project, first }) => ({
      path: `project ${project}`,
      message: `is named by no rule, and was asked about since ${first}`,
    })),
  );
  const { version, mode } = told;
  console.log(
    `mode ${mode}, ${version === undefined ? "no map" : `map version ${version.version} (${version.hash}), by ${version.who}, since ${clockIn(undefined, Date.now()).show(version.since)}`}`,
  );
  if (told.agreement !== undefined) console.log(printAgreement(told.agreement).join("\n"));
}

function printAgreement({ days, asked, agreed, cut, disagreed }: NonNullable<Status["agreement"]>): string[] {
  const rows = disagreed.map(({ agent: { username = "", userId, groupId }, projects, times, last }) => [
    username,
    userId === undefined ? "" : `user ${userId}`,
    groupId === undefined ? "" : `group ${groupId}`,
    projects.map(({ project, guard, rule }) => `${project}: guard ${guard ? "yes" : "NO"} (${rule})`).join("; "),
    `${times}x, last ${last}`,
  ]);
  return [
    `the guard agrees with ${agreed} of ${asked} logins in ${days} days${cut ? " (the newest; there were more)" : ""}`,
    ...columns(rows),
  ];
}
