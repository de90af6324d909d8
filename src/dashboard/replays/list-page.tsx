import { Refusal } from "../../api/operation.ts";
import { listOfReplays } from "../../api/replays/read.ts";
import type { Clock } from "../page/clock.ts";
import type { Page } from "../page/page.ts";
import { pagePath } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import { Empty } from "../parts/empty.tsx";
import { Shown } from "../parts/form/hidden.tsx";
import { Moment } from "../parts/moment.tsx";
import { Pager } from "../parts/pager.tsx";
import { refusedView } from "../parts/refused.tsx";
import { SaidLine } from "../parts/said.tsx";
import { State } from "../parts/state.tsx";
import { type Column, Table } from "../parts/table.tsx";
import type { ListedReplay } from "./told.ts";
import { What, Whither } from "./what.tsx";

const NEWS_SECONDS = 5;

/** What was replayed, by whom and why, and how far it is. */
export const replaysPage: Page = {
  path: "/dashboard/replays",
  who: "operator",
  show: async ({ ask, query: { cursor }, url, clock }) => {
    const told = await ask(listOfReplays, { query: { cursor } });
    if (told instanceof Refusal) return refusedView(told, "/dashboard/replays");
    return {
      title: "Replays",
      refreshSeconds: cursor === undefined ? NEWS_SECONDS : undefined,
      body: (
        <>
          <h1>Replays</h1>
          <SaidLine url={url} />
          <p>
            <a class="button" data-key="r" href="/dashboard/replays/new">
              New replay…
            </a>
          </p>
          {told.items.length === 0 ? (
            <Empty title="Nothing was replayed in the last 30 days">
              <p>
                Look among the <a href="/dashboard/dead-letters">dead letters</a> for what was given up.
              </p>
            </Empty>
          ) : (
            <Table
              columns={columnsFor(clock)}
              rows={told.items}
              label="Replays, the newest first"
              rowId={({ id }) => id}
            />
          )}
          <Pager url={url} next={told.next} />
          <Commands id="replays" origin={url.origin} method="GET" path="/api/replays" command={["replays"]} />
        </>
      ),
    };
  },
};

function columnsFor(clock: Clock): Column<ListedReplay>[] {
  return [
    {
      name: "Asked for",
      cell: ({ id, at }) => (
        <a href={pagePath("replays", id)}>
          <Moment at={at} clock={clock} />
        </a>
      ),
    },
    { name: "Who", cell: ({ who }) => <Shown text={who} /> },
    { name: "Why", cell: ({ reason }) => reason ?? <span class="none">–</span> },
    { name: "What", cell: (item) => <What of={item} clock={clock} /> },
    { name: "To", cell: (item) => <Whither of={item} /> },
    { name: "Found", isNumber: true, cell: ({ progress }) => progress.found },
    { name: "Begun", isNumber: true, cell: ({ progress }) => progress.begun },
    { name: "Skipped", isNumber: true, cell: ({ progress }) => progress.skipped },
    { name: "State", cell: ({ state }) => <State of={state} /> },
  ];
}
