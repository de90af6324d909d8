import { readAgentNames } from "../../../log/agents.ts";
import { countStrangers } from "../../../log/counts/refused-between.ts";
import { type Attempts, wasGranted } from "../../../login/history/attempts.ts";
import type { Refused } from "../../../login/history/tell-refused.ts";
import type { PermissionsDocument } from "../../../login/rules.ts";
import { sameId, sameName } from "../../../login/same.ts";
import { similarNames } from "../../../login/similar-names.ts";
import { requestedAt } from "../../../platform/request-id.ts";
import { toInstant } from "../../../platform/time/instant.ts";
import type { Question } from "../../../vendors/vendor.ts";
import { adviseOn } from "../../rejections/advice.ts";
import { type FoundMap, readMap } from "../map.ts";
import { ABOUT_MS, findAgents, findAttempts } from "./find-attempts.ts";

/** What the log knows of an agent about a moment. */
export interface LookedBack {
  readonly moment: number;
  readonly attempts: Attempts;
  readonly refused: readonly Refused[];
  /** Names like theirs; undefined where the agent is known. */
  readonly near: readonly string[] | undefined;
}

/**
 * Looks for an agent's logins about a moment, and for what may have kept them from being logins.
 * @param moment milliseconds since the epoch
 */
export async function lookBack(
  log: D1Database,
  { source: { id: source }, written }: FoundMap,
  agent: Pick<Question, "userId" | "username">,
  moment: number,
): Promise<LookedBack> {
  const known = await findAgents(log, source, agent);
  const [attempts, refused] = await Promise.all([
    findAttempts(log, source, agent, known, moment),
    countStrangers(log, source, moment - ABOUT_MS, moment + ABOUT_MS + 1),
  ]);
  const isKnown = known.length > 0 || attempts.all.length > 0;
  const map = isKnown ? undefined : readMap(written.version?.body);
  return {
    moment,
    attempts,
    refused: refused.map(({ first, last, ...alike }) => ({
      ...alike,
      first: requestedAt(first),
      last: requestedAt(last),
    })),
    near: isKnown || isInMap(map, agent) ? undefined : await findNear(log, source, agent, map, attempts.names),
  };
}

function isInMap(
  { users = {}, usernames = {} }: PermissionsDocument = {},
  agent: Pick<Question, "userId" | "username">,
) {
  const { userId, username } = agent;
  return (
    (userId !== undefined && Object.keys(users).some((id) => sameId(id) === sameId(userId))) ||
    (username !== undefined && Object.keys(usernames).some((name) => sameName(name) === sameName(username)))
  );
}

async function findNear(
  log: D1Database,
  source: string,
  { userId, username }: Pick<Question, "userId" | "username">,
  { users = {}, usernames = {} }: PermissionsDocument = {},
  others: ReadonlySet<string>,
): Promise<string[]> {
  const wanted = username ?? userId;
  if (wanted === undefined) return [];
  const seen = await readAgentNames(log, source, sameName(wanted).slice(0, 1));
  const inMap = [...Object.keys(usernames).map(sameName), ...Object.keys(users).map(sameId)];
  return similarNames(wanted, [...others, ...seen, ...inMap]);
}

/** What was found, as the API tells it. */
export function tellLookedBack(
  { attempts, refused, near = [] }: LookedBack,
  { source }: Pick<FoundMap, "source">,
  explained: string | undefined,
) {
  return {
    attempts: attempts.all.map((one) => {
      const { mode, answered, projects = {}, rules = {} } = one.login;
      return {
        at: toInstant(one.at),
        projects,
        rules,
        granted: wasGranted(one),
        receipt: one.receipt,
        ...(mode === undefined ? {} : { mode }),
        ...(answered === undefined ? {} : { answered }),
        ...(one.receipt === explained ? { explained: true as const } : {}),
        ...(attempts.outside ? { outside: true as const } : {}),
      };
    }),
    refused: refused.map(({ reason, count, first, last }) => ({
      reason,
      count,
      first: toInstant(first),
      last: toInstant(last),
      next: adviseOn({ reason, source: source.id }, { source, ids: [] }).next,
    })),
    near: [...near],
  };
}
