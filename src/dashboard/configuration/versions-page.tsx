import type * as z from "zod";
import { readConfig } from "../../api/config/read.ts";
import { listConfigVersions, readConfigVersion } from "../../api/config/versions.ts";
import type { versionItem } from "../../api/documents/versions.ts";
import { Refusal } from "../../api/operation.ts";
import type { Page } from "../page/page.ts";
import { pagePath } from "../parts/address.ts";
import { Empty } from "../parts/empty.tsx";
import { Act } from "../parts/form/act.tsx";
import { Editor } from "../parts/form/editor.tsx";
import { Moment } from "../parts/moment.tsx";
import { refusedView } from "../parts/refused.tsx";
import { State } from "../parts/state.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { whoWrote } from "../parts/who-wrote.ts";
import { Differences } from "./differences.tsx";

const LIST = "/dashboard/configuration/versions";

type Item = z.output<typeof versionItem>;

/** All versions that are kept. */
export const configVersionsPage: Page = {
  path: LIST,
  who: "admin",
  show: async ({ ask, clock }) => {
    const told = await ask(listConfigVersions);
    if (told instanceof Refusal) return refusedView(told, "/dashboard/configuration");
    const columns: Column<Item>[] = [
      {
        name: "Version",
        cell: ({ version }) => <a href={pagePath("configuration", "versions", String(version))}>{version}</a>,
      },
      { name: "When", cell: ({ at }) => <Moment at={at} clock={clock} /> },
      { name: "Who", cell: ({ who }) => whoWrote(who) },
      { name: "State", cell: ({ newest }) => (newest ? <State of="in force" tone="good" /> : "") },
      { name: "Hash", cell: ({ hash }) => <span class="id">{hash}</span> },
      {
        name: "Do",
        cell: ({ version, newest }) => (newest ? "" : <RollBack version={version} />),
      },
    ];
    return {
      title: "Versions of the configuration",
      body: (
        <>
          <h1>Versions of the configuration</h1>
          <p class="lead">
            Rolling back puts an old one in force as the newest, and can itself be rolled back.{" "}
            <a href="/dashboard/configuration">The one in force</a>
          </p>
          {told.items.length === 0 ? (
            <Empty title="No version is kept yet.">
              <p>The first one that is published stands here.</p>
            </Empty>
          ) : (
            <Table columns={columns} rows={told.items} label="Versions of the configuration" />
          )}
        </>
      ),
    };
  },
};

/** One version, and what differs from it in what is in force. */
export const configVersionPage: Page = {
  path: `${LIST}/:version`,
  who: "admin",
  show: async ({ read, params }) => {
    const [version, current] = await Promise.all([read(readConfigVersion, { params }), read(readConfig)]);
    if (version instanceof Refusal) return refusedView(version, LIST);
    const number = params.version ?? "";
    return {
      title: `Version ${number} of the configuration`,
      body: (
        <>
          <h1>Version {number} of the configuration</h1>
          <p>
            <a href={LIST}>All versions</a>
          </p>
          {current instanceof Refusal ? null : (
            <section class="panel" aria-label="What rolling back would change">
              <p>Rolling back would change:</p>
              <Differences before={current.text} after={version.text} />
              <RollBack version={number} />
            </section>
          )}
          <Editor name="text" label="The document; secrets as ***" text={version.text} readonly />
        </>
      ),
    };
  },
};

function RollBack({ version }: { readonly version: number | string }) {
  return (
    <Act
      to="/dashboard/configuration/roll-back"
      name="Roll back"
      what={`to version ${version}`}
      fields={{ version: String(version) }}
    />
  );
}
