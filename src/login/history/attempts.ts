import type { SeenAgent } from "../../log/agents.ts";
import type { AskedQuestion } from "../../log/questions.ts";
import type { Question } from "../../vendors/vendor.ts";
import { sameId, sameName } from "../same.ts";

/** Logins of one agent about a moment, the oldest first. */
export interface Attempts {
  readonly all: readonly AskedQuestion[];
  /** None of them is within the minutes that were asked about: these are the nearest ones. */
  readonly outside: boolean;
  /** There were more logins of the source than may be examined. */
  readonly cut: boolean;
}

/** Whether the login as a whole was granted by the guard. */
export function wasGranted({ login: { granted, projects = {} } }: AskedQuestion): boolean {
  return granted ?? (Object.keys(projects).length > 0 && Object.values(projects).every((one) => one));
}

/** Whether the vendor was told no: where a guard only watches, that is not what the guard would have said. */
function wasKeptOut(one: AskedQuestion): boolean {
  const { mode, answered = {} } = one.login;
  return mode === "shadow" ? Object.values(answered).includes(false) : !wasGranted(one);
}

/**
 * Which attempt is meant: of those about all these projects the nearest to the moment that kept the agent out, for an agent
 * who was refused tries again with less; else the nearest that a guard which only watched would have refused; else the nearest.
 * @param moment milliseconds since the epoch
 */
export function chooseAttempt(
  attempts: readonly AskedQuestion[],
  moment: number,
  projects: readonly string[],
): AskedQuestion | undefined {
  const about = attempts.filter(({ login }) => {
    const asked = new Set(Object.keys(login.projects ?? {}).map(sameId));
    return projects.every((project) => asked.has(sameId(project)));
  });
  const keptOut = about.filter(wasKeptOut);
  const refused = keptOut.length > 0 ? keptOut : about.filter((one) => !wasGranted(one));
  const distance = ({ at }: AskedQuestion) => Math.abs(at - moment);
  const [nearest] = (refused.length > 0 ? refused : about).toSorted((one, other) => distance(one) - distance(other));
  return nearest;
}

/**
 * Whether a login was of an agent who is named by id, user name or both, as the map compares them. Where it did not say
 * what the agent is named by, it counts as theirs if they are known by both.
 * @param known agents who have the id or the user name
 */
export function isOf(
  { userId, username }: Pick<Question, "userId" | "username">,
  known: readonly SeenAgent[],
): (asked: Pick<AskedQuestion, "agent">) => boolean {
  const [wantedId, wantedName] = [userId && sameId(userId), username && sameName(username)];
  const names = new Set(known.flatMap(({ id, username }) => (id === wantedId && username !== "" ? [username] : [])));
  const ids = new Set(known.flatMap(({ id, username }) => (username === wantedName && id !== "" ? [id] : [])));
  return ({ agent }) => {
    const id = agent.id === undefined ? undefined : sameId(agent.id);
    const name = agent.username === undefined ? undefined : sameName(agent.username);
    const isId = wantedId === undefined || (id === undefined ? name !== undefined && names.has(name) : id === wantedId);
    const isName =
      wantedName === undefined || (name === undefined ? id !== undefined && ids.has(id) : name === wantedName);
    return isId && isName;
  };
}

/** The same of an agent who is named by one word, which may be an id or a user name. */
export function isCalled(word: string, known: readonly SeenAgent[]): (asked: Pick<AskedQuestion, "agent">) => boolean {
  const [byId, byName] = [isOf({ userId: word }, known), isOf({ username: word }, known)];
  return (asked) => byId(asked) || byName(asked);
}
