import type { Clock } from "../page/clock.ts";
import { Moment } from "../parts/moment.tsx";
import type { MapStatus } from "./told.ts";

/** What is wrong with a map, and which projects were asked about that no rule names. */
export function Trouble({ of: { faults, faulty, unknownProjects }, clock }: { of: MapStatus; clock: Clock }) {
  return (
    <>
      <Faults of={faults} title="What stands in KV now is passed over, and the version before stays in force:" />
      <Faults of={faulty} title="The map in force is faulty; no rule grants more for that:" />
      {unknownProjects.length === 0 ? null : (
        <div class="warning">
          Asked about, and named by no rule:{" "}
          {unknownProjects.map(({ project, first }, position) => (
            <>
              {position === 0 ? "" : ", "}
              <strong>{project}</strong> (since <Moment at={first} clock={clock} />)
            </>
          ))}
          .
        </div>
      )}
    </>
  );
}

function Faults({ of, title }: { readonly of: MapStatus["faults"]; readonly title: string }) {
  if (of.length === 0) return null;
  return (
    <div class="fault" role="alert">
      <p>{title}</p>
      <ul>
        {of.map(({ path, message }) => (
          <li>
            <code class="wrap">{path}</code> {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
