import { Refusal } from "../../api/operation.ts";
import { permissionsStatus } from "../../api/permissions/status.ts";
import type { Clock } from "../page/clock.ts";
import type { Visit } from "../page/visit.ts";
import { Moment } from "../parts/moment.tsx";
import { type Column, Table } from "../parts/table.tsx";
import type { AgreementTold } from "./told.ts";

type Disagreed = AgreementTold["disagreed"][number];

/** How far a guard that only watches would have answered as was answered; nothing of one that answers. */
export async function agreementOf({ ask, clock }: Visit, source: string) {
  const told = await ask(permissionsStatus, { params: { source } });
  if (told instanceof Refusal || told.agreement === undefined) return null;
  return <Agreement source={source} of={told.agreement} clock={clock} />;
}

function Agreement({
  source,
  of,
  clock,
}: {
  readonly source: string;
  readonly of: AgreementTold;
  readonly clock: Clock;
}) {
  const { asked, agreed, days, cut, disagreed } = of;
  const columns: Column<Disagreed>[] = [
    { name: "Agent", cell: ({ agent }) => agent.username ?? agent.userId ?? "–" },
    {
      name: "Differs on",
      cell: ({ projects }) =>
        projects
          .map(
            ({ project, answered, guard, rule }) =>
              `${project}: told ${word(answered)}, guard ${word(guard)} (${rule})`,
          )
          .join("; "),
    },
    { name: "Times", isNumber: true, cell: ({ times }) => times },
    { name: "Last", cell: ({ last }) => <Moment at={last} clock={clock} /> },
  ];
  return (
    <section>
      <h2>The guard of {source} only watches</h2>
      <p>
        {asked === 0
          ? `No login was asked about in ${days} days.`
          : `It would have answered as was answered in ${agreed} of ${asked} logins of ${days} days.`}
        {cut ? " There were more logins than may be looked at; only the newest count." : null}
      </p>
      {disagreed.length === 0 ? null : (
        <Table
          label={`Where the guard of ${source} would have answered otherwise`}
          columns={columns}
          rows={disagreed}
        />
      )}
    </section>
  );
}

function word(granted: boolean): string {
  return granted ? "yes" : "no";
}
