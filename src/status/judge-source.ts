import type { LogFacts, SourceFacts } from "./facts.ts";
import type { Found } from "./finding.ts";
import { howLong, many } from "./say.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** So many of the last four weeks show that something comes in this hour. */
const USUAL_WEEKS = 2;

/** So many unanswered questions may come of one bad moment. */
const MIN_UNANSWERED = 5;

/** Silence, webhooks that became no event, and questions that nobody answers. */
export function judgeSource(source: SourceFacts, { lately, lastFailure }: LogFacts, now: number): Found[] {
  const { id, last, failed } = source;
  const next = `npx hookswitch url ${id} @`;
  const silence =
    last === undefined
      ? { sentence: `nothing has come from ${id} yet`, next }
      : {
          sentence: `nothing has come from ${id} for ${howLong(now - last)}`,
          next: `npx hookswitch rejections --source ${id} @`,
        };
  return [
    ...(isSilent(source, now) ? [{ kind: "source_silent" as const, subject: id, since: last, ...silence }] : []),
    ...judgeResponders(source, lately),
    ...(failed === 0
      ? []
      : [
          {
            kind: "webhooks_failed" as const,
            subject: id,
            since: lately,
            sentence: `${many(failed, "webhook", "webhooks")} of ${id} became no event lately`,
            next: lastFailure === undefined ? "docs/operations.md" : `npx hookswitch show ${lastFailure} @`,
          },
        ]),
  ];
}

/** A responder counts as failing when it had no answer to most of the questions. */
function judgeResponders({ id, questions: { asked, unanswered } }: SourceFacts, lately: number): Found[] {
  if (unanswered < MIN_UNANSWERED || unanswered * 2 <= asked) return [];
  return [
    {
      kind: "responder_failing",
      subject: id,
      since: lately,
      sentence: `${unanswered} of the ${many(asked, "question", "questions")} of ${id} got no answer from its responder lately`,
      next: `npx hookswitch events --source ${id} --type sync.answered @ tells of each why; then look at that server`,
    },
  ];
}

/**
 * A source is silent when nothing came for longer than it may be silent; where nobody said how long that is, when nothing has
 * come since before the hour that is over now, in which something came in most other weeks. Both within its hours only.
 */
function isSilent(source: SourceFacts, now: number): boolean {
  const { last = 0, silentAfterMinutes } = source;
  if (!isAwaited(source)) return false;
  if (silentAfterMinutes !== undefined) return now - last > silentAfterMinutes * MINUTE_MS;
  const overHour = now - (now % HOUR_MS) - HOUR_MS;
  return last < overHour;
}

/** Whether something is to come from a source at this time, so that its silence says something. */
export function isAwaited({ weeks, silentAfterMinutes, expected = true }: SourceFacts): boolean {
  return expected && (silentAfterMinutes !== undefined || weeks >= USUAL_WEEKS);
}

/** Refused requests, by source and cause. */
export function judgeRefused({ refused, lately }: LogFacts): Found[] {
  return refused.map(({ source, reason, times }) => ({
    kind: "requests_refused",
    subject: source,
    since: lately,
    sentence:
      source === "*"
        ? `${many(times, "request", "requests")} came for sources that are not configured`
        : `${many(times, "request", "requests")} of ${source} ${times === 1 ? "was" : "were"} refused: ${reason}`,
    next: source === "*" ? "npx hookswitch rejections @" : `npx hookswitch rejections --source ${source} @`,
  }));
}
