import { namedTime, zonedTime } from "../../login/history/zoned-time.ts";
import { UsageError } from "../arguments.ts";
import { ToldFailure } from "../refusal.ts";
import { readAnswer } from "../relay/answer.ts";
import { columns, paint } from "../terminal.ts";
import { listProjects, printAttempts, printRefused } from "./attempts.ts";
import { type Explanation, explanation } from "./explanation.ts";
import { type MapOptions, openTarget } from "./target.ts";

/** Who is asked about, which projects, when and by which map. */
export interface ExplainOptions extends MapOptions {
  readonly user?: string | undefined;
  readonly username?: string | undefined;
  readonly group?: string | undefined;
  readonly projects?: readonly string[] | undefined;
  /** Projects that the agent is supposed to be allowed besides. */
  readonly suppose?: readonly string[] | undefined;
  readonly at?: string | undefined;
  readonly version?: string | undefined;
  /** The relay's answer as it is. */
  readonly json?: boolean | undefined;
}

/** Tells why an agent is let in or refused: a table, project by project, and what the log knows besides. */
export async function explainLogin(source: string | undefined, options: ExplainOptions): Promise<void> {
  const { user: userId, username, group: groupId, projects, suppose, at, version } = options;
  if (userId === undefined && username === undefined) throw new UsageError("who? --user, --username or both");
  const { relay, source: asked, path } = await openTarget(options, source);
  const body = JSON.stringify({ question: { userId, username, groupId, projects }, suppose, at, version });
  const answer = await relay.call("POST", `${path}/explain`, { body });
  const told = readAnswer(explanation, answer);
  console.log(options.json ? answer.text : print(told, at));
  if (told.question.projects.length > 0) return;
  if (!options.json && told.refused.length > 0) {
    console.log(paint("dim", `→ npx hookswitch rejections --source ${asked}`));
  }
  throw new ToldFailure();
}

function print(told: Explanation, asked: string | undefined): string {
  const group =
    told.question.groupId === undefined ? ["", "No --group was given: rules of groups were not looked at."] : [];
  // Where nothing is explained, the relay's own words tell what is known instead.
  if (told.question.projects.length === 0) return told.text;
  const attempts = printAttempts(told, asked);
  // Of another time than was asked about: that is said before anything of it.
  const isElsewhere = asked !== undefined && told.attempts.some(({ outside }) => outside === true);
  return [
    ...(isElsewhere ? attempts : []),
    paint("bold", headline(told)),
    "",
    ...table(told),
    ...group,
    "",
    ...(isElsewhere ? [] : attempts),
    ...printRefused(told),
    ...origin(told),
    ...near(told),
  ].join("\n");
}

function headline({ question: { username, userId }, granted, at, zone }: Explanation): string {
  const who = username ?? (userId === undefined ? "somebody" : `agent ${userId}`);
  return `${who} ${granted ? "is let in" : "is refused"} at ${namedTime(Date.parse(at), zone)}`;
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
    // Its sentences stand below each other; one that is too long is broken by the terminal.
    Number.POSITIVE_INFINITY,
  );
}

function origin({ map, noMap, newer, asked, attempts, at, zone }: Explanation): string[] {
  const since = (time: string) => zonedTime(Date.parse(time), zone, Date.parse(at));
  const words = noMap ?? "there is no map";
  return [
    map === undefined
      ? `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`
      : `Map version ${map.version} (${map.hash}), by ${map.who}, since ${since(map.since)}.`,
    ...(newer === undefined
      ? []
      : [`Version ${newer.version}, of ${since(newer.since)}, had been made and had not arrived there yet.`]),
    ...(asked?.mode === undefined
      ? []
      : [`The guard only watched: the vendor was told ${listProjects(asked.answered)}.`]),
    ...(asked === undefined || attempts.some(({ explained }) => explained === true)
      ? []
      : [`The projects are those of ${since(asked.at)} (${asked.receipt}): ${listProjects(asked.projects)}.`]),
  ];
}

function near({ near: [first, ...others], question: { username, userId } }: Explanation): string[] {
  if (first === undefined) return [];
  const names = [first, ...others].join(" or ");
  return [`Neither the log nor the map knows ${username ?? userId ?? "them"}; did you mean ${names}?`];
}
