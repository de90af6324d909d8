import { toInstant } from "../platform/time/instant.ts";
import type { Facts } from "./facts.ts";
import { type Finding, type Found, type Verdict, WHOLE_RELAY } from "./finding.ts";
import { judgeDestination } from "./judge-destination.ts";
import { judgeDocuments } from "./judge-documents.ts";
import { judgeLog } from "./judge-log.ts";
import { judgeRefused, judgeSource } from "./judge-source.ts";
import { findingKind, isBroken } from "./kinds.ts";
import { many } from "./say.ts";
import { forRelay, wordsFor } from "./words.ts";

/** What a relay is judged to be, and all that needs a person, the worst first. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly items: readonly Finding[];
}

/** Judges what is known of a relay. */
export function judge(facts: Facts): Judgement {
  const { log, now } = facts;
  const found: Found[] = [
    ...judgeDocuments(facts),
    ...(log === undefined
      ? [{ kind: "log_unreadable" as const }]
      : [
          ...judgeLog(log, now),
          ...log.destinations.flatMap((destination) => judgeDestination(destination, now)),
          ...log.sources.flatMap((source) => judgeSource(source, log, now)),
          ...judgeRefused(log),
        ]),
  ];
  const worst = ({ kind }: Found) => findingKind.options.indexOf(kind);
  const items = found.toSorted((one, other) => worst(one) - worst(other)).map((one) => toFinding(one, facts));
  const verdict = items.length === 0 ? "ok" : items.some(({ kind }) => isBroken(kind)) ? "broken" : "attention";
  const sentences = [summarize(verdict, items, facts), ...tellUnasked(facts)];
  return { verdict, sentence: sentences.join(" "), items };
}

function toFinding({ kind, subject = WHOLE_RELAY, since, sentence, next }: Found, { at }: Facts): Finding {
  const { what, next: usual } = wordsFor(kind);
  return {
    kind,
    subject,
    since: since === undefined ? null : toInstant(since),
    sentence: sentence ?? what,
    next: forRelay(next ?? usual, { url: at, source: subject }),
  };
}

/** Whoever reads that all is well must know what was not looked at. */
function tellUnasked({ log }: Facts): string[] {
  const unasked = log?.destinations.filter(({ isUnasked }) => isUnasked).length ?? 0;
  return unasked === 0
    ? []
    : [
        `The ${many(unasked, "breaker", "breakers")} behind which least waits ${unasked === 1 ? "was" : "were"} not looked at.`,
      ];
}

function summarize(verdict: Verdict, items: readonly Finding[], { log }: Facts): string {
  const [first] = items;
  if (first === undefined) {
    const waiting = log?.destinations.reduce((sum, destination) => sum + destination.waiting, 0) ?? 0;
    const what = waiting === 0 ? "nothing waits" : many(waiting, "delivery is under way", "deliveries are under way");
    return `All is well; ${what}.`;
  }
  const needs = many(items.length, "thing needs", "things need");
  if (verdict === "broken") return `It does not work: ${first.sentence}; ${needs} somebody.`;
  return `${needs} somebody${items.length > 1 ? "; the worst" : ""}: ${first.sentence}.`;
}
