import { readSeenAgents } from "../../api/agents.ts";
import { listLogins } from "../../api/logins.ts";
import { Refusal } from "../../api/operation.ts";
import { listMaps } from "../../api/permissions/list.ts";
import type { Page, View } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { address } from "../parts/address.ts";
import { Empty } from "../parts/empty.tsx";
import { Pager } from "../parts/pager.tsx";
import { refusedView } from "../parts/refused.tsx";
import { SaidLine } from "../parts/said.tsx";
import { agreementOf } from "./agreement.tsx";
import { AskForm } from "./ask-form.tsx";
import { Decisions } from "./decisions.tsx";
import { Filters } from "./filters.tsx";
import { findAnswer } from "./find-answer.ts";
import type { KeptGrant } from "./grant-form.tsx";
import { GrantedLine } from "./granted-line.tsx";
import { Result } from "./result.tsx";
import { isAbsolute, momentOf, zoneOfDesk } from "./when.ts";

const LIVE_SECONDS = 5;

/** Why somebody could not log in, and what the guard decides. */
export const deskPage: Page = {
  path: "/dashboard/logins",
  who: "supervisor",
  show: (visit) => deskView(visit),
};

/** The desk; with what had been typed where a grant was not made. */
export async function deskView(visit: Visit, kept?: KeptGrant): Promise<View | Response> {
  const { ask, query, clock } = visit;
  const maps = await ask(listMaps);
  if (maps instanceof Refusal) return refusedView(maps);
  const asking = maps.items;
  if (asking.length === 0) return nobodyAsks;
  const zone = zoneOfDesk(visit, asking);
  const { agent, at } = query;
  const moment = at === undefined ? undefined : momentOf(at, zone, clock.now);
  // An address that is passed on has to mean the same tomorrow.
  if (kept === undefined && moment !== undefined && at !== undefined && !isAbsolute(at) && agent !== undefined) {
    return new Response(null, {
      status: 303,
      headers: { location: address("/dashboard/logins", { ...query, at: moment }) },
    });
  }
  const fault = at !== undefined && moment === undefined ? NO_TIME : undefined;
  const listing = ask(listLogins, { query: listQuery(visit, zone) });
  const [seen, listed, answer] = await Promise.all([
    visit.isRenewal ? undefined : ask(readSeenAgents, { query: { source: query.source } }),
    listing,
    agent === undefined || fault !== undefined
      ? undefined
      : findAnswer(visit, { agent, at: moment, asking, listed: listing }),
  ]);
  const watching = agent === undefined ? asking.filter(({ mode }) => mode === "shadow") : [];
  const agreements = await Promise.all(watching.map(({ source }) => agreementOf(visit, source)));
  return {
    title: agent === undefined ? "Login desk" : `Why ${agent}?`,
    refreshSeconds:
      agent === undefined && query.cursor === undefined && watching.length === 0 ? LIVE_SECONDS : undefined,
    status: kept === undefined ? undefined : 422,
    body: (
      <>
        <h1>Why could somebody not log in?</h1>
        <GrantedLine query={query} source={answer instanceof Refusal ? "" : (answer?.source ?? "")} />
        {query.said === "granted" ? null : <SaidLine url={visit.url} />}
        <AskForm
          visit={visit}
          asking={asking}
          zone={zone}
          names={seen instanceof Refusal ? [] : seen && namesOf(seen.items)}
          fault={fault}
        />
        {answer === undefined ? null : answer instanceof Refusal ? (
          <p class="fault" role="alert">
            {answer.detail}
          </p>
        ) : (
          <Result answer={answer} visit={visit} kept={kept} />
        )}
        <h2 id="decisions">{agent === undefined ? "Decisions" : `Decisions about ${agent}`}</h2>
        <Filters query={query} />
        {listed instanceof Refusal ? (
          <p class="fault" role="alert">
            {listed.detail}
          </p>
        ) : (
          <>
            {listed.items.length === 0 ? (
              <NoDecision isCut={listed.next !== null} />
            ) : (
              <Decisions items={listed.items} clock={clock} showsSource={asking.length > 1} />
            )}
            <Pager url={visit.url} next={listed.next} />
          </>
        )}
        {agreements}
      </>
    ),
  };
}

const NO_TIME = "This is no time. Write 9:02, yesterday 9:02 or 2026-11-20 9:02, or leave it empty.";

function listQuery({ query, clock }: Visit, zone: string) {
  const { source, agent, granted, since, until, cursor } = query;
  return { source, agent, granted, since, until, zone: clock.isKnown ? clock.zone : zone, cursor };
}

function namesOf(agents: readonly { readonly id?: string | undefined; readonly username?: string | undefined }[]) {
  return [...new Set(agents.flatMap(({ id, username }) => username ?? id ?? []))];
}

function NoDecision({ isCut }: { readonly isCut: boolean }) {
  return isCut ? (
    <Empty title="None among the logins that were looked at.">
      <p>Older ones have not been looked at yet.</p>
    </Empty>
  ) : (
    <Empty title="No login was asked about.">
      <p>
        With <code>npx hookswitch send vcc-live project-login</code> one is asked about now; with filters there may be
        none that fits them.
      </p>
    </Empty>
  );
}

const nobodyAsks: View = {
  title: "Login desk",
  body: (
    <>
      <h1>Why could somebody not log in?</h1>
      <Empty title="No source asks who may log in.">
        <p>
          VCC Live does, by its Project Login webhook: add a source with <code>"vendor": "vcc-live"</code> to the
          configuration, and a permission map for it.
        </p>
      </Empty>
    </>
  ),
};
