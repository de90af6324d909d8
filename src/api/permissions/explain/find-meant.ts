import type { AskedQuestion } from "../../../log/questions.ts";
import { questionOf } from "../../../login/asked.ts";
import { chooseAttempt } from "../../../login/history/attempts.ts";
import type { Question } from "../../../vendors/vendor.ts";
import type { ApiRequest } from "../../operation.ts";
import type { FoundMap } from "../map.ts";
import { type LookedBack, lookBack } from "./look-back.ts";

/** The question that is to be explained, and what it was found by. */
export interface Meant {
  readonly question: Question;
  /** When it was asked or is to be answered, milliseconds since the epoch. */
  readonly at: number;
  /** Whether a moment was named. */
  readonly isPast: boolean;
  /** What the log knows; undefined where it was not asked. */
  readonly past: LookedBack | undefined;
  /** The attempt that is explained, or that tells which projects are meant now. */
  readonly asked: AskedQuestion | undefined;
}

/**
 * Finds out what is asked: about a moment the attempt that is meant, else the moment itself; about now the question that
 * was given, with the projects last asked about where it names none.
 * @param moment milliseconds since the epoch
 */
export async function findMeant(
  found: FoundMap,
  given: Question,
  moment: number | undefined,
  { env, now }: Pick<ApiRequest, "env" | "now">,
): Promise<Meant> {
  const [isPast, namesProjects] = [moment !== undefined, given.projects.length > 0];
  const isNamed = given.unreadable === undefined && (given.userId ?? given.username) !== undefined;
  const past = isNamed && (isPast || !namesProjects) ? await lookBack(env.LOG, found, given, moment ?? now) : undefined;
  // An attempt at another time is only a guess, which nobody needs who says what they mean.
  const among = past === undefined || (past.attempts.outside && namesProjects) ? [] : past.attempts.all;
  const asked = chooseAttempt(among, moment ?? now, given.projects);
  const question = asked === undefined ? given : asAsked(asked, given);
  return { question, at: (isPast ? asked?.at : undefined) ?? moment ?? now, isPast, past, asked };
}

/** The question as it was asked, in the spelling of whoever asks about it. Rules of what it did not name do not count. */
function asAsked(asked: AskedQuestion, { projects, userId, username, groupId }: Question): Question {
  const recorded = questionOf(asked);
  return {
    projects: projects.length > 0 ? projects : recorded.projects,
    userId: recorded.userId && (userId ?? recorded.userId),
    username: recorded.username && (username ?? recorded.username),
    groupId: groupId ?? recorded.groupId,
    unreadable: recorded.unreadable,
  };
}
