import { parseArgs } from "node:util";
import * as z from "zod";
import { UsageError } from "../refusal.ts";
import { columns, paint } from "../terminal.ts";
import { mapOptions, openTarget } from "./target.ts";

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

/** Tells why an agent is let in or refused: a table, project by project. */
export async function explain(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...mapOptions,
      user: { type: "string" },
      username: { type: "string" },
      group: { type: "string" },
      projects: { type: "string" },
      at: { type: "string" },
      version: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const { user, username, group, projects, at, version } = values;
  if (user === undefined && username === undefined) throw new UsageError("who? --user, --username or both");
  const { target } = await openTarget(values, positionals, 0);
  const ids = projects?.split(",").map((id) => id.trim());
  const body = JSON.stringify({ question: { userId: user, username, groupId: group, projects: ids }, at, version });
  const { text } = await target.relay.call("POST", `${target.path}/explain`, { body });
  console.log(values.json ? text : print(explanation.parse(JSON.parse(text))));
  return 0;
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
