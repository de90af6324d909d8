import { ledger } from "../../api/ledger.ts";
import { Refusal } from "../../api/operation.ts";
import { stats } from "../../api/stats.ts";
import type { Page } from "../page/page.ts";
import { Commands } from "../parts/commands.tsx";
import { refusedView } from "../parts/refused.tsx";
import { Account } from "./account.tsx";
import { ByDay } from "./by-day.tsx";
import { BySource } from "./by-source.tsx";
import { Recount } from "./recount.tsx";

/** What became of everything that was accepted: each is on both sides of the account. */
export const ledgerPage: Page = {
  path: "/dashboard/ledger",
  who: "viewer",
  show: async ({ ask, query, url }) => {
    const { recount, since, until, source } = query;
    const [told, days] = await Promise.all([
      ask(ledger, { query: recount === undefined ? {} : { recount, since, until } }),
      ask(stats),
    ]);
    if (told instanceof Refusal) return refusedView(told, "/dashboard/ledger");
    return {
      title: "Ledger",
      body: (
        <>
          <h1 class={`verdict ${told.balanced ? "ok" : "attention"}`}>
            {told.balanced ? "The books balance." : "The books do not balance."}
          </h1>
          <p class="lead">
            {told.balanced
              ? "Whatever came in is accounted for on the other side."
              : "Some delivery is on one side alone. Count days again below: that names the day, the source and the counter."}
          </p>
          <Account of={told} />
          <BySource of={told.sources} />
          {days instanceof Refusal ? null : <ByDay {...days} source={source} sources={Object.keys(told.sources)} />}
          <Recount of={told} since={since} until={until} />
          <Commands
            id="ledger"
            origin={url.origin}
            method="GET"
            path="/api/ledger?recount=1"
            command={["ledger", "--recount"]}
          />
        </>
      ),
    };
  },
};
