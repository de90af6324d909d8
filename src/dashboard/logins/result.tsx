import type { Visit } from "../page/visit.ts";
import { address } from "../parts/address.ts";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { asText } from "./as-text.ts";
import { Attempts } from "./attempts.tsx";
import type { Answer } from "./find-answer.ts";
import { GrantForm, type KeptGrant } from "./grant-form.tsx";
import { Now } from "./now.tsx";
import { Origin } from "./origin.tsx";
import { Rules } from "./rules.tsx";
import { StrangerBanner } from "./stranger-banner.tsx";
import { nameOf, toldWords } from "./words.ts";

interface Props {
  readonly answer: Answer;
  readonly visit: Visit;
  readonly kept?: KeptGrant | undefined;
}

/** Why somebody could not log in, and what helps; then all the other attempts, of which there may be many. */
export function Result({ answer: { source, explanation, now, neverRefused }, visit, kept }: Props) {
  const { clock, url, query } = visit;
  const { question, projects, blockedBy, near = [], at, granted, asked, attempts = [], zone } = explanation;
  const who = nameOf(question);
  const isKnown = projects.length > 0;
  const onlyWatched = asked?.mode === "shadow";
  const wasLetIn = onlyWatched ? !Object.values(asked.answered ?? {}).includes(false) : granted;
  return (
    <article class="answer">
      <StrangerBanner refused={explanation.refused} source={source} clock={clock} />
      {isKnown ? (
        <h2 class="verdict-line">
          {who} was <State of={wasLetIn ? "granted" : "refused"} word={wasLetIn ? "let in" : "refused"} /> at{" "}
          <Moment at={at} clock={clock} />
        </h2>
      ) : (
        <h2>No login of {who} is known</h2>
      )}
      {onlyWatched ? (
        <p class="warning">
          The guard of {source} only watched: it would have {granted ? "let in" : "refused"} {who};{" "}
          {toldWords(asked.answered)}.
        </p>
      ) : null}
      {attempts.length > 1 ? (
        <p>
          <a href="#attempts">All {attempts.length} attempts about that time</a>
        </p>
      ) : null}
      {neverRefused && isKnown ? <p>The log has no refused login of {who}; this is the nearest attempt.</p> : null}
      {attempts.some(({ explained, outside }) => explained && outside) ? (
        <p class="warning">There is no attempt within 15 minutes of the moment asked about; this is the nearest.</p>
      ) : null}
      {isKnown ? null : (
        <p>
          The log has no login of {who} within a day of <Moment at={at} clock={clock} />.
        </p>
      )}
      {near.length === 0 ? null : <Near names={near} url={url} />}
      {isKnown ? <Rules of={explanation} source={source} when="then" onlyWatched={onlyWatched} /> : null}
      {isKnown ? <Origin explanation={explanation} source={source} clock={clock} /> : null}
      {now === undefined ? null : <Now of={now} source={source} supposed={query.suppose} />}
      {blockedBy.length === 0 && kept === undefined ? null : (
        <GrantForm explanation={explanation} source={source} url={url} kept={kept} />
      )}
      <Attempts explanation={explanation} agent={query.agent ?? ""} source={source} clock={clock} />
      <div class="row">
        <button type="button" class="quiet" data-copy="as-text" hidden>
          Copy as text
        </button>
        <details>
          <summary>As text</summary>
          <p class="note">Times by the clock of {zone}.</p>
          <pre id="as-text" class="text">
            {asText(source, explanation)}
          </pre>
        </details>
      </div>
    </article>
  );
}

function Near({ names, url }: { readonly names: readonly string[]; readonly url: URL }) {
  const asked = Object.fromEntries(url.searchParams);
  return (
    <p>
      Did you mean{" "}
      {names.map((name, position) => (
        <>
          {position === 0 ? "" : " or "}
          <a href={address("/dashboard/logins", { ...asked, agent: name })}>{name}</a>
        </>
      ))}
      ?
    </p>
  );
}
