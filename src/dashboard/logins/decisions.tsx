import { type Clock, span } from "../page/clock.ts";
import { address, pagePath } from "../parts/address.ts";
import { Agent } from "../parts/agent.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { type Column, Table } from "../parts/table.tsx";
import type { Login } from "./told.ts";
import { ruleWords } from "./words.ts";

interface Props {
  readonly items: readonly Login[];
  readonly clock: Clock;
  /** Whether it is worth a column where a login came from. */
  readonly showsSource: boolean;
}

/** What the guard decided, the newest first; each row leads to why. */
export function Decisions({ items, clock, showsSource }: Props) {
  const columns: Column<Login>[] = [
    { name: "Time", cell: (login) => <Why login={login} clock={clock} /> },
    ...(showsSource ? [{ name: "Source", cell: ({ source }: Login) => source }] : []),
    { name: "Agent", cell: ({ agent }) => <Agent of={agent} /> },
    { name: "Projects", cell: ({ projects }) => <Projects projects={projects} /> },
    { name: "Granted", cell: ({ granted, mode }) => <Granted granted={granted} mode={mode} /> },
    { name: "Rule", cell: ({ rule }) => ruleWords(rule) },
    { name: "Map version and age", cell: (login) => <MapVersion login={login} /> },
    { name: "ms", isNumber: true, cell: ({ ms }) => ms ?? "–" },
  ];
  return <Table label="Decisions of the login guard" columns={columns} rows={items} rowId={({ receipt }) => receipt} />;
}

function Why({ login: { agent, source, at }, clock }: { readonly login: Login; readonly clock: Clock }) {
  const name = agent.username ?? agent.id;
  if (name === undefined) return <Moment at={at} clock={clock} />;
  return (
    <a href={address("/dashboard/logins", { agent: name, source, at })}>
      <Moment at={at} clock={clock} />
    </a>
  );
}

function Projects({ projects }: Pick<Login, "projects">) {
  return (
    <>
      {Object.entries(projects).map(([project, granted], position) => (
        <>
          {position === 0 ? "" : ", "}
          {granted ? project : <strong>{project} no</strong>}
        </>
      ))}
    </>
  );
}

function Granted({ granted, mode }: Pick<Login, "granted" | "mode">) {
  return (
    <>
      <State of={granted ? "granted" : "refused"} />
      {mode === "shadow" ? <span class="note"> only watched</span> : null}
    </>
  );
}

function MapVersion({ login: { source, mapVersion, mapAgeSeconds } }: { readonly login: Login }) {
  if (mapVersion === undefined) return <span class="none">–</span>;
  return (
    <>
      <a href={pagePath("permissions", source, "versions", mapVersion)} class="id">
        {mapVersion.slice(0, 6)}
      </a>
      {mapAgeSeconds === undefined ? null : ` ${span(mapAgeSeconds * 1000)}`}
    </>
  );
}
