import type { AskedQuestion } from "../../log/questions.ts";
import type { Question } from "../../vendors/vendor.ts";
import { questionOf, sameQuestion } from "../asked.ts";

/** One project on which guard and answer differed. */
export interface Disagreement {
  readonly project: string;
  readonly answered: boolean;
  readonly guard: boolean;
  /** What decided in the guard. */
  readonly rule: string;
}

/** Logins of one agent on which they differed alike. */
export interface Disagreed {
  readonly question: Question;
  readonly projects: readonly Disagreement[];
  readonly times: number;
  /** Milliseconds since the epoch. */
  readonly last: number;
}

/** How far the guard, in the shadow, would have answered as was answered. */
export interface Agreement {
  readonly asked: number;
  readonly agreed: number;
  readonly disagreed: readonly Disagreed[];
}

/** Compares what the guard would have said with what was said, login by login; only those in the shadow count. */
export function measureAgreement(asked: readonly AskedQuestion[]): Agreement {
  const shadowed = asked.filter(({ login }) => login.mode === "shadow");
  const differing = shadowed.flatMap((one) => {
    const projects = compare(one);
    return projects.length === 0 ? [] : [{ question: questionOf(one), projects, at: one.at }];
  });
  const groups = Map.groupBy(differing, ({ question, projects }) => JSON.stringify([sameQuestion(question), projects]));
  const disagreed = [...groups.values()].flatMap((alike): Disagreed[] => {
    const [first] = alike;
    if (first === undefined) return [];
    const { question, projects } = first;
    return [{ question, projects, times: alike.length, last: Math.max(...alike.map(({ at }) => at)) }];
  });
  return {
    asked: shadowed.length,
    agreed: shadowed.length - differing.length,
    disagreed: disagreed.sort((one, other) => other.times - one.times || other.last - one.last),
  };
}

function compare({ login: { projects = {}, answered = {}, rules = {} } }: AskedQuestion): Disagreement[] {
  return Object.entries(projects).flatMap(([project, guard]) =>
    answered[project] === undefined || answered[project] === guard
      ? []
      : [{ project, answered: answered[project], guard, rule: rules[project] ?? "" }],
  );
}
