import type { Clock } from "../page/clock.ts";
import { address } from "../parts/address.ts";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import type { Cell, Matrix as Told } from "./told.ts";

interface Props {
  readonly of: Told;
  readonly source: string;
  readonly clock: Clock;
}

/** Owners of rules by projects: in each cell what is decided, and by which rule; empty where none decides. */
export function Matrix({ of: { projects, rows, moreRows, moreProjects }, source, clock }: Props) {
  return (
    <>
      <section class="scroll matrix" aria-label="Who may log in to which project" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Rules of ↓ project →</th>
              {projects.map((project) => (
                <th scope="col">{project === "*" ? "any other" : project}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ owner, cells }) => {
              const byProject = new Map(cells.map((cell) => [cell.project, cell]));
              return (
                <tr>
                  <th scope="row">
                    <Owner owner={owner} source={source} />
                  </th>
                  {projects.map((project) => (
                    <Decided owner={owner} cell={byProject.get(project)} clock={clock} />
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <p class="note">
        {moreRows === 0 ? null : `${moreRows} more owners of rules are not shown; filter for one. `}
        {moreProjects === 0 ? null : `${moreProjects} more projects are not shown; filter for one. `}
        Each row has its own rules and those for everyone. Who is in which group the map does not know: the vendor says
        it with each login, and the rules of all of them count together; a deny always wins.
      </p>
    </>
  );
}

/** An agent leads to why they were refused. */
function Owner({ owner, source }: { readonly owner: string; readonly source: string }) {
  const [, name] = /^(?:users|usernames)\.(.+)$/s.exec(owner) ?? [];
  if (name === undefined) return <>{owner === "default" ? "everyone" : owner}</>;
  return <a href={address("/dashboard/logins", { agent: name, source })}>{owner}</a>;
}

function Decided({ owner, cell, clock }: { owner: string; cell: Cell | undefined; clock: Clock }) {
  if (cell === undefined) return <td />;
  const by = cell.owner === owner ? `rule ${cell.position}` : `everyone's rule ${cell.position}`;
  return (
    <td title={cell.note}>
      <State of={cell.granted ? "granted" : "refused"} word={cell.granted ? "allow" : "deny"} />
      <span class="by">
        {by}
        {cell.byHours ? ", at its hours" : null}
      </span>
      {cell.until === undefined ? null : (
        <span class="ends">
          until <Moment at={cell.until} clock={clock} />
        </span>
      )}
    </td>
  );
}
