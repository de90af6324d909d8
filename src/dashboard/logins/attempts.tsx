import type { Clock } from "../page/clock.ts";
import { address } from "../parts/address.ts";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import type { Explanation } from "./told.ts";
import { ruleWords, toldWords } from "./words.ts";

interface Props {
  readonly explanation: Explanation;
  readonly agent: string;
  readonly source: string;
  readonly clock: Clock;
}

/** Every attempt about the moment, a sentence each; another one than the one explained leads to its own explanation. */
export function Attempts({ explanation, agent, source, clock }: Props) {
  const { attempts = [] } = explanation;
  const [first] = attempts;
  if (first === undefined) return null;
  const title = first.outside ? "None within 15 minutes; the nearest" : "All attempts within 15 minutes";
  return (
    <>
      <h3 id="attempts">{title}</h3>
      <ol class="attempts">
        {attempts.map((attempt) => (
          <li aria-current={attempt.explained ? "true" : undefined}>
            <Moment at={attempt.at} clock={clock} /> <State of={attempt.granted ? "granted" : "refused"} />
            {": "}
            {attempt.granted ? listed(attempt) : whyRefused(attempt, explanation)}
            {attempt.mode === undefined ? null : (
              <span class="note"> (only watched: {toldWords(attempt.answered)})</span>
            )}{" "}
            {attempt.explained ? (
              <span class="note">explained here</span>
            ) : (
              <a href={address("/dashboard/logins", { agent, source, at: attempt.at })}>why?</a>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

type Attempt = NonNullable<Explanation["attempts"]>[number];

function listed({ projects }: Attempt): string {
  const names = Object.keys(projects);
  return `${names.length === 1 ? "project" : "projects"} ${names.join(", ")}`;
}

/** By the rules as they were written down; of the one that is explained with the note beside the rule. */
function whyRefused({ projects, rules, explained }: Attempt, { projects: told }: Explanation): string {
  const why = Object.entries(projects).flatMap(([project, granted]) => {
    if (granted) return [];
    const text = explained ? told.find((one) => one.project === project)?.text : undefined;
    return [`project ${project}, ${text ?? ruleWords(rules[project] ?? "none")}`];
  });
  return why.length === 0 ? "no project was named" : why.join("; ");
}
