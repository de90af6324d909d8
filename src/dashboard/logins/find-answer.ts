import { readSeenAgents } from "../../api/agents.ts";
import { Refusal } from "../../api/operation.ts";
import { explainPermissions } from "../../api/permissions/explain/explain.ts";
import type { Visit } from "../page/visit.ts";
import { findRefused, type ListedLogins } from "./find-refused.ts";
import type { AskingSource, Explanation } from "./told.ts";

/** What is known of an agent's login. */
export interface Answer {
  readonly source: string;
  readonly explanation: Explanation;
  /** How it would be now; where something was supposed or just granted. */
  readonly now?: Explanation | undefined;
  /** Nobody said when, and the log has no refused login of the agent. */
  readonly neverRefused: boolean;
}

/** What is to be answered. */
export interface Asked {
  readonly agent: string;
  /** RFC 3339; undefined for the last time. */
  readonly at: string | undefined;
  readonly asking: readonly AskingSource[];
  /** The decisions that the page lists. */
  readonly listed: Promise<ListedLogins | Refusal>;
}

/** Why an agent was refused about a moment, or the last time. */
export async function findAnswer(visit: Visit, { agent, at, asking, listed }: Asked): Promise<Answer | Refusal> {
  const wanted = visit.query.source;
  const [seen, refused] = await Promise.all([
    visit.ask(readSeenAgents, { query: { source: wanted, beginning: agent } }),
    at === undefined || wanted === undefined ? findRefused(visit, agent, at, listed) : undefined,
  ]);
  if (seen instanceof Refusal) return seen;
  if (refused instanceof Refusal) return refused;
  const known = seen.items.find(({ id, username }) => isCalled(agent, id) || isCalled(agent, username));
  const source = wanted ?? refused?.source ?? known?.source ?? asking[0]?.source ?? "";
  const isId = known === undefined ? /^\d+$/.test(agent.trim()) : isCalled(agent, known.id);
  const question = isId ? { userId: agent.trim() } : { username: agent.trim() };
  const moment = at ?? refused?.at ?? new Date(visit.clock.now).toISOString();
  const explanation = await visit.ask(explainPermissions, { params: { source }, body: { question, at: moment } });
  if (explanation instanceof Refusal) return explanation;
  const now = await askNow(visit, source, explanation);
  if (now instanceof Refusal) return now;
  return { source, explanation, now, neverRefused: at === undefined && refused === undefined };
}

/** The same question as it would be answered now, where something is supposed or was just granted. */
async function askNow({ ask, query }: Visit, source: string, { question }: Explanation) {
  const suppose = query.suppose?.split(/[\s,]+/).filter((project) => project !== "");
  if (suppose === undefined && query.grant === undefined) return undefined;
  const { userId, username, groupId, projects } = question;
  const asked = { userId, username, groupId, projects: [...new Set([...projects, ...(suppose ?? [])])] };
  return ask(explainPermissions, { params: { source }, body: { question: asked, suppose } });
}

function isCalled(word: string, name: string | undefined): boolean {
  return name !== undefined && name === word.trim().toLowerCase();
}
