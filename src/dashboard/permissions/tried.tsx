import type { Clock } from "../page/clock.ts";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { type Column, Table } from "../parts/table.tsx";
import type { DryRun } from "./told.ts";

type Change = DryRun["changes"][number];

/** So many are shown at once. */
const FEW = 15;

/** What a map would have answered to the questions really asked. */
export function Tried({ of, clock }: { readonly of: DryRun; readonly clock: Clock }) {
  const { asked, days, cut, letIn, shutOut, changed, changes } = of;
  const columns: Column<Change>[] = [
    { name: "Agent", cell: ({ agent }) => agent.username ?? agent.userId ?? "–" },
    { name: "Login", cell: ({ before, after }) => <Login before={before} after={after} /> },
    {
      name: "Projects",
      cell: ({ projects }) =>
        projects.map((one) => `${one.project}: ${word(one.before)} → ${word(one.after)}`).join("; "),
    },
    { name: "Times", isNumber: true, cell: ({ times }) => times },
    { name: "Last", cell: ({ last }) => <Moment at={last} clock={clock} /> },
  ];
  return (
    <>
      <h3>Tried on what was really asked</h3>
      <p>
        {asked === 0
          ? `No login was asked about in ${days} days.`
          : `Of ${asked} logins in ${days} days ${shutOut} would newly be refused, and ${letIn} newly let in.`}
        {cut ? " There were more than may be looked at; only the newest count." : null}
      </p>
      {changes.length === 0 ? null : (
        <details open={changes.length <= FEW}>
          <summary>Whose answers would change</summary>
          <Table label="Answers that would change" columns={columns} rows={changes} />
        </details>
      )}
      {changed > changes.length ? <p class="note">{changed - changes.length} more are not shown.</p> : null}
    </>
  );
}

function Login({ before, after }: Pick<Change, "before" | "after">) {
  if (before === after) return <span class="note">{after ? "stays granted" : "stays refused"}</span>;
  return <State of={after ? "granted" : "refused"} word={after ? "newly let in" : "newly refused"} />;
}

function word({ granted, rule }: Change["projects"][number]["before"]): string {
  return `${granted ? "yes" : "no"} (${rule})`;
}
