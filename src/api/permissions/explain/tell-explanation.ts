import type * as z from "zod";
import type { Version } from "../../../log/documents/versions.ts";
import type { AskedQuestion } from "../../../log/questions.ts";
import { compilePermissions } from "../../../login/compile.ts";
import { wasGranted } from "../../../login/history/attempts.ts";
import { tellAttempts, tellNear, tellOutside } from "../../../login/history/tell-attempts.ts";
import { tellRefused } from "../../../login/history/tell-refused.ts";
import { printMoment } from "../../../login/history/zoned-time.ts";
import { type Explained, explain } from "../../../login/map/explain.ts";
import { suppose } from "../../../login/map/suppose.ts";
import { toInstant } from "../../../platform/time/instant.ts";
import { type FoundMap, readMap } from "../map.ts";
import type { DecidingMap } from "./deciding-map.ts";
import type { explanation } from "./explanation.ts";
import type { Meant } from "./find-meant.ts";
import { tellLookedBack } from "./look-back.ts";

/** What is meant, and why it is answered so. */
export type ExplainedMeant = Meant & {
  readonly map: DecidingMap;
  readonly explained: Explained;
  /** Projects that the agent was supposed to be allowed besides. */
  readonly supposed: readonly string[];
};

/** Explains what is meant by a map; what was decided without any, as it was decided. */
export function explainMeant(
  { zone, ruleZone }: FoundMap,
  meant: Meant,
  map: DecidingMap,
  supposed: readonly string[] = [],
): ExplainedMeant {
  const { question, at, asked } = meant;
  const written = compilePermissions(readMap(map.version?.body) ?? {}, ruleZone);
  const permissions = supposed.length === 0 ? written : suppose(written, question, supposed);
  const explained =
    map.unreadable === true && asked !== undefined ? asDecided(asked) : explain(permissions, question, at, zone);
  return { ...meant, map, explained, supposed };
}

/** Where no map could be read, the source says what is answered. */
function asDecided(asked: AskedQuestion): Explained {
  const text = "the map could not be read, and onStoreError of the source decided";
  const projects = Object.entries(asked.login.projects ?? {}).map(([project, granted]) => {
    const rule = asked.login.rules?.[project] ?? "store_unreadable";
    return { project, granted, rule, text, considered: [] };
  });
  const blockedBy = projects.flatMap(({ project, granted }) => (granted ? [] : [project]));
  return { granted: wasGranted(asked), blockedBy, projects };
}

/** The answer, in words and for programs. */
export function tellExplanation(found: FoundMap, told: ExplainedMeant): z.input<typeof explanation> {
  const { zone } = found;
  const { question, at, isPast, past, asked, map, explained } = told;
  const { granted, blockedBy, projects } = explained;
  return {
    text: tellInWords(told, zone),
    zone,
    question: { ...question, projects: [...question.projects], unreadable: question.unreadable?.slice() },
    at: toInstant(at),
    granted,
    blockedBy: [...blockedBy],
    projects: projects.map((one) => ({ ...one, considered: [...one.considered] })),
    ...(map.version === undefined ? {} : { map: { ...tellVersion(map.version), ageSeconds: ageOf(map.version, at) } }),
    ...(map.absent === undefined ? {} : { noMap: map.absent }),
    ...(map.newer === undefined ? {} : { newer: tellVersion(map.newer) }),
    ...(asked === undefined ? {} : { asked: tellAsked(asked) }),
    ...(past === undefined ? {} : tellLookedBack(past, found, isPast ? asked?.receipt : undefined)),
  };
}

function tellInWords(told: ExplainedMeant, zone: string): string {
  const { question, at, isPast, past, asked, map, explained, supposed } = told;
  const who = question.username ?? (question.userId === undefined ? "somebody" : `agent ${question.userId}`);
  const outside = past?.attempts.outside === true && isPast && asked !== undefined;
  const sentences = [
    ...(supposed.length === 0 ? [] : [`As if ${who} were allowed ${supposed.join(", ")} besides`]),
    ...(outside ? [tellOutside(asked, past.moment, zone)] : []),
    ...(question.projects.length === 0
      ? [`The log has no login of ${who} within a day of ${printMoment(past?.moment ?? at, zone)}`]
      : [tellVerdict(who, at, map, explained, zone)]),
    ...(asked === undefined || isPast ? [] : [`The projects are those asked about at ${printMoment(asked.at, zone)}`]),
    ...(map.newer === undefined ? [] : [tellNewer(map.newer, zone)]),
    ...(asked?.login.mode === "shadow" && isPast ? [tellShadow(asked)] : []),
    ...(past === undefined || !isPast ? [] : tellAttempts(past.attempts, asked, zone)),
    ...(past?.attempts.cut === true ? ["There were too many logins then to look at all of them"] : []),
    ...tellRefused(past?.refused ?? [], zone),
    ...(past?.near === undefined ? [] : [tellNear(who, past.near)]),
  ];
  return sentences.join(". ");
}

function tellVerdict(who: string, at: number, { absent }: DecidingMap, { granted, projects }: Explained, zone: string) {
  const verdict = `${who} ${granted ? "is let in" : "is refused"} at ${printMoment(at, zone)}`;
  if (absent !== undefined) return `${verdict}: ${absent}`;
  const why = projects.filter((one) => !one.granted).map(({ project, text }) => `project ${project}: ${text}`);
  return [verdict, ...why].join("; ");
}

function tellNewer({ version, at }: Version, zone: string): string {
  return `Version ${version} of the map, of ${printMoment(at, zone)}, had been made and had not arrived there yet`;
}

/** Of an agent who was let in or refused all the same. */
function tellShadow({ login: { answered = {} } }: AskedQuestion): string {
  const projects = Object.entries(answered).map(([project, granted]) => `${project} ${granted ? "yes" : "no"}`);
  return `The guard only watched: the vendor was told ${projects.join(", ")}`;
}

function tellVersion({ version, hash, who, at }: Version) {
  return { version, hash, who, since: toInstant(at) };
}

function ageOf({ at: since }: Version, at: number): number {
  return Math.max(0, Math.floor((at - since) / 1000));
}

function tellAsked({ receipt, at, login }: AskedQuestion) {
  return { receipt, at: toInstant(at), ...login };
}
