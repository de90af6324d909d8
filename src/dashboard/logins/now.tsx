import { State } from "../parts/state.tsx";
import { Rules } from "./rules.tsx";
import type { Explanation } from "./told.ts";
import { nameOf } from "./words.ts";

interface Props {
  readonly of: Explanation;
  readonly source: string;
  /** The projects that are supposed to be granted; undefined where something was. */
  readonly supposed: string | undefined;
}

/** How the same login would be answered now, as it stands or with what is supposed. */
export function Now({ of, source, supposed }: Props) {
  const stays = of.projects.filter(({ granted }) => !granted);
  const who = nameOf(of.question);
  return (
    <section class="panel" id="now">
      <h2>{supposed === undefined ? "Now" : `What if project ${supposed} were granted?`}</h2>
      <p>
        <State of={of.granted ? "granted" : "refused"} word={of.granted ? "let in" : "refused"} />{" "}
        {of.granted
          ? `${who} would be let in now.`
          : `${who} would still be refused: ${stays.map(({ project, text }) => `project ${project}, ${text}`).join("; ")}.`}
        {!of.granted && stays.some(({ rule }) => rule.endsWith(" deny"))
          ? " A deny always wins: only somebody with the role admin can take it out of the map."
          : null}
      </p>
      <details>
        <summary>Rule by rule</summary>
        <Rules of={of} source={source} when="now" />
      </details>
    </section>
  );
}
