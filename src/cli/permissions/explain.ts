import * as z from "zod";
import { UsageError } from "../arguments.ts";
import { readAnswer } from "../relay/answer.ts";
import { columns, paint } from "../terminal.ts";
import { type MapOptions, openTarget } from "./target.ts";

const explanation = z.object({
  text: z.string(),
  question: z.object({ groupId: z.string().optional() }),
  granted: z.boolean(),
  projects: z.array(
    z.object({
      project: z.string(),
      granted: z.boolean(),
      text: z.string(),
      considered: z.array(z.object({ owner: z.string(), position: z.number(), reason: z.string(), text: z.string() })),
    }),
  ),
  map: z.object({ version: z.number(), hash: z.string(), who: z.string(), since: z.string() }).optional(),
  asked: z
    .object({ receipt: z.string(), at: z.string(), projects: z.record(z.string(), z.boolean()).default({}) })
    .optional(),
});

type Explanation = z.infer<typeof explanation>;

/** Who is asked about, which projects, when and by which map. */
export interface ExplainOptions extends MapOptions {
  readonly user?: string | undefined;
  readonly username?: string | undefined;
  readonly group?: string | undefined;
  readonly projects?: readonly string[] | undefined;
  readonly at?: string | undefined;
  readonly version?: string | undefined;
  /** The relay's answer as it is. */
  readonly json?: boolean | undefined;
}

/** Tells why an agent is let in or refused: a table, project by project. */
export async function explainLogin(source: string | undefined, options: ExplainOptions): Promise<void> {
  const { user: userId, username, group: groupId, projects, at, version } = options;
  if (userId === undefined && username === undefined) throw new UsageError("who? --user, --username or both");
  const { relay, path } = await openTarget(options, source);
  const body = JSON.stringify({ question: { userId, username, groupId, projects }, at, version });
  const answer = await relay.call("POST", `${path}/explain`, { body });
  console.log(options.json ? answer.text : print(readAnswer(explanation, answer)));
}

function print(told: Explanation): string {
  const [sentence = ""] = told.text.split("; ");
  const group =
    told.question.groupId === undefined ? ["", "No --group was given: rules of groups were not looked at."] : [];
  return [paint("bold", sentence), "", ...table(told), ...group, "", ...origin(told)].join("\n");
}

function table({ granted, projects }: Explanation): string[] {
  return columns(
    projects.flatMap((one) => [
      [
        `project ${one.project}`,
        one.granted ? paint("green", "yes") : paint("red", "NO"),
        one.text + (one.granted || granted ? "" : paint("red", "  <- keeps the agent out")),
      ],
      ...one.considered.map(({ owner, position, text }) => [
        "",
        "",
        paint("dim", `${owner}, rule ${position}: ${text}`),
      ]),
    ]),
  );
}

function origin({ map, asked }: Explanation): string[] {
  return [
    map === undefined
      ? "There is no map."
      : `Map version ${map.version} (${map.hash}), by ${map.who}, since ${map.since}.`,
    ...(asked === undefined
      ? []
      : [`Really asked at ${asked.at} (${asked.receipt}); the guard's answer then: ${list(asked.projects)}.`]),
  ];
}

function list(projects: Readonly<Record<string, boolean>>): string {
  return Object.entries(projects)
    .map(([project, granted]) => `${project} ${granted ? "yes" : "no"}`)
    .join(", ");
}
