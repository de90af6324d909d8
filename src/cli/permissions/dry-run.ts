import * as z from "zod";
import { tellRemarks } from "../faults.ts";
import { readAnswer } from "../relay/answer.ts";
import { printJson } from "../relay/pages.ts";
import { columns, paint } from "../terminal.ts";
import { readMapFile } from "./read-map.ts";
import { type MapOptions, type Operands, openTargetWithFile } from "./target.ts";

const decision = z.object({ granted: z.boolean(), rule: z.string() });
const answer = z.object({
  days: z.number(),
  asked: z.number(),
  cut: z.boolean(),
  letIn: z.number(),
  shutOut: z.number(),
  changed: z.number(),
  changes: z.array(
    z.object({
      agent: z.object({
        userId: z.string().optional(),
        username: z.string().optional(),
        groupId: z.string().optional(),
      }),
      times: z.number(),
      last: z.string(),
      before: z.boolean(),
      after: z.boolean(),
      projects: z.array(z.object({ project: z.string(), before: decision, after: decision })),
    }),
  ),
  dangers: z.array(z.object({ path: z.string(), message: z.string() })),
});

type Change = z.infer<typeof answer>["changes"][number];

/** How many days are looked at, and for whom the answer is. */
interface DryRunOptions extends MapOptions {
  readonly days: number;
  readonly json?: boolean | undefined;
}

/** Tries a file against the questions really asked, and prints whose answer would change. */
export async function tryMap(operands: Operands, options: DryRunOptions): Promise<void> {
  const { target, file } = await openTargetWithFile(operands, options);
  const map: unknown = JSON.parse((await readMapFile(file)).text);
  const body = JSON.stringify({ map, days: options.days });
  const given = await target.relay.call("POST", `${target.path}/dry-run`, { body });
  if (options.json) return printJson(given);
  const told = readAnswer(answer, given);
  tellRemarks(told.dangers);
  console.log(
    `${told.asked} logins in ${told.days} days: ${told.shutOut} would be refused that are granted, ${told.letIn} the other way round`,
  );
  if (told.cut) console.log("(there were more than can be looked at; the oldest do not count)");
  for (const line of columns(told.changes.map(row))) console.log(line);
  if (told.changed > told.changes.length) console.log(`  … and ${told.changed - told.changes.length} more`);
}

function row({ agent, times, last, before, after, projects }: Change): string[] {
  const who = [agent.username, agent.userId && `user ${agent.userId}`, agent.groupId && `group ${agent.groupId}`];
  const what = projects.map(({ project, before, after }) => `${project}: ${before.rule} -> ${after.rule}`);
  return [who.filter((part) => part).join(", "), login(before, after), what.join("; "), `${times}x, last ${last}`];
}

function login(before: boolean, after: boolean): string {
  if (before === after) return after ? "still let in" : "still refused";
  return after ? paint("green", "let in") : paint("red", "REFUSED");
}
