import type { Source } from "../config/load-relay.ts";
import type { Login } from "../events/parts/login.ts";
import { logLine } from "../platform/log-line.ts";
import type { Work } from "../platform/work.ts";
import type { Question } from "../vendors/vendor.ts";
import { type Decision, decide, isReadable, UNREADABLE } from "./decide.ts";
import { answerInShadow } from "./shadow.ts";
import { loadPermissions } from "./store/permissions.ts";
import { noteUnknownProjects } from "./unknown-project.ts";

/** What is always told; the map's version and age only where there is a map. */
export type LoginAnswer = Login & Required<Pick<Login, "granted" | "projects" | "rules">>;

/**
 * May this agent log in to these projects? Every project asked about is answered; never rejects. In the shadow,
 * `answered` is what the vendor is to be told, and all else what the guard would have said.
 * @param body the vendor's question as JSON, for the responder that decides in the shadow
 */
export async function answerLogin(
  source: Source,
  question: Question,
  work: Work<Pick<Env, "PERMISSIONS" | "LOG">>,
  body = "{}",
): Promise<LoginAnswer> {
  if (source.guard.mode === "enforce") return decideBy(source, question, work);
  const shadow = answerInShadow(source, question, body);
  const verdict = await decideBy(source, question, work);
  return { ...verdict, mode: "shadow", answered: await shadow };
}

async function decideBy(
  source: Source,
  question: Question,
  work: Work<Pick<Env, "PERMISSIONS" | "LOG">>,
): Promise<LoginAnswer> {
  // This comes before anything else: no map, no store and no fault of either makes a question readable.
  if (!isReadable(question))
    return { ...toLogin(sameForAll(question, UNREADABLE)), unreadable: [...(question.unreadable ?? [])] };
  const loaded = await loadPermissions(source, work);
  const { now } = work;
  if (loaded.state === "ready") {
    const decisions = decide(loaded.value, question, now);
    noteUnknownProjects(source.id, loaded.value, decisions, now);
    return {
      ...toLogin(decisions),
      mapVersion: loaded.version,
      mapAgeSeconds: Math.max(0, Math.floor((now - loaded.readAt) / 1000)),
    };
  }
  if (loaded.state === "missing") return toLogin(sameForAll(question, { granted: false, rule: "no_map" }));
  logLine("error", "login.store_unreadable", { source: source.id, answer: source.onStoreError });
  return toLogin(sameForAll(question, { granted: source.onStoreError === "allow", rule: "store_unreadable" }));
}

function sameForAll({ projects }: Question, decision: Decision): ReadonlyMap<string, Decision> {
  return new Map(projects.map((project) => [project, decision]));
}

/** The login as a whole is granted only if every project is: the vendor lets nobody in to a part of them. */
function toLogin(decisions: ReadonlyMap<string, Decision>): LoginAnswer {
  const entries = [...decisions];
  return {
    granted: entries.length > 0 && entries.every(([, { granted }]) => granted),
    projects: Object.fromEntries(entries.map(([project, { granted }]) => [project, granted])),
    rules: Object.fromEntries(entries.map(([project, { rule }]) => [project, rule])),
  };
}
