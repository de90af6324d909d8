import { address, pagePath } from "../parts/address.ts";
import { State } from "../parts/state.tsx";
import type { ExplainedProject, Explanation } from "./told.ts";
import { partsOf } from "./words.ts";

interface Props {
  readonly of: Explanation;
  readonly source: string;
  /** Tells the tables from others of the same page. */
  readonly when: string;
  /** Whether the guard only watched: what it refused kept nobody out. */
  readonly onlyWatched?: boolean | undefined;
}

/** Project by project what every rule of the agent had to do with it; what keeps the agent out stands first. */
export function Rules({ of: { projects, granted }, source, when, onlyWatched = false }: Props) {
  const refused = projects.filter((one) => !one.granted);
  const open = projects.filter((one) => one.granted);
  return (
    <>
      {refused.map((one) => (
        <Project of={one} source={source} when={when} keepsOut={!granted && !onlyWatched} />
      ))}
      {refused.length === 0 ? (
        open.map((one) => <Project of={one} source={source} when={when} keepsOut={false} />)
      ) : open.length === 0 ? null : (
        <details>
          <summary>
            Granted: {open.length === 1 ? "project" : "projects"} {open.map(({ project }) => project).join(", ")}
          </summary>
          {open.map((one) => (
            <Project of={one} source={source} when={when} keepsOut={false} />
          ))}
        </details>
      )}
    </>
  );
}

interface ProjectProps {
  readonly of: ExplainedProject;
  readonly source: string;
  readonly when: string;
  readonly keepsOut: boolean;
}

function Project({ of: { project, granted, rule, text, considered }, source, when, keepsOut }: ProjectProps) {
  const { owner, does } = partsOf(rule);
  const deciding = considered.find(
    (one) => one.owner === owner && one.reason === (does === "deny" ? "denies" : "allows"),
  );
  return (
    <section class="project">
      <h3>
        Project {project} <State of={granted ? "granted" : "refused"} />
        {keepsOut ? <span class="note"> keeps the agent out</span> : null}
      </h3>
      <p>{text.charAt(0).toUpperCase() + text.slice(1)}.</p>
      {considered.length === 0 ? null : (
        <section class="scroll" aria-label={`Rules about project ${project}, ${when}`} tabindex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Rule</th>
                <th scope="col">What it does</th>
                <th scope="col">Note</th>
              </tr>
            </thead>
            <tbody>
              {considered.map((one) => (
                <tr class={one === deciding ? "decides" : undefined}>
                  <td>
                    <a href={address(pagePath("permissions", source), { agent: one.owner })}>{one.owner}</a>, rule{" "}
                    {one.position}
                  </td>
                  <td>
                    {one.text}
                    {one === deciding ? <strong> – decides</strong> : null}
                  </td>
                  <td>{one.note}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
