import { Refusal } from "../../api/operation.ts";
import { readRejections } from "../../api/rejections/list.ts";
import { isAdmitted } from "../page/admitted.ts";
import type { Page } from "../page/page.ts";
import { address, changed } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import { Empty } from "../parts/empty.tsx";
import { Fault } from "../parts/fault.tsx";
import { chosen, Filters, SpanFilter, TextFilter } from "../parts/form/filters.tsx";
import { refusedView } from "../parts/refused.tsx";
import { CounterTable, RequestTable } from "./tables.tsx";
import type { ToldRejections } from "./told.ts";

const names = ["source", "reason", "since", "until"] as const;
const NEWS_SECONDS = 10;

/** Which requests were refused, why, and what to do about it. */
export const refusedPage: Page = {
  path: "/dashboard/refused",
  who: "viewer",
  show: async ({ ask, query, url, clock, caller }) => {
    const asked = chosen(query, names, clock);
    const { cursor, before } = query;
    const told = await ask(readRejections, { query: { ...asked, cursor, before } });
    const refusal = told instanceof Refusal ? told : undefined;
    const found = told instanceof Refusal ? undefined : told;
    const isFirst = cursor === undefined && before === undefined;
    const reasons = [...new Set(found?.items.map(({ reason }) => reason))].toSorted();
    const sources = [...new Set(found?.items.map(({ source }) => source))].toSorted();
    return {
      title: "Refused requests",
      status: refusal && refusedView(refusal).status,
      refreshSeconds: isFirst && refusal === undefined ? NEWS_SECONDS : undefined,
      body: (
        <>
          <h1>Refused requests</h1>
          <p class="lead">
            What was refused became no event. Nothing of its body is kept.{" "}
            {isAdmitted(caller, "operator") ? <a href="/dashboard/refused/try">Try a request that you have</a> : null}
          </p>
          <Filters path="/dashboard/refused" query={query} names={names} clock={clock}>
            <TextFilter name="source" label="Source" query={query} choices={sources} />
            <TextFilter name="reason" label="Reason" query={query} placeholder="wrong_key" choices={reasons} />
            <SpanFilter query={query} />
          </Filters>
          <Fault of={refusal} />
          {found === undefined ? null : <Lists found={found} clock={clock} url={url} asked={asked} />}
          <Commands
            id="refused"
            origin={url.origin}
            method="GET"
            path={address("/api/rejections", asked)}
            command={["rejections", ...Object.entries(asked).flatMap(([name, value]) => [`--${name}`, value])]}
          />
        </>
      ),
    };
  },
};

interface ListsProps {
  readonly found: ToldRejections;
  readonly clock: Parameters<typeof RequestTable>[0]["clock"];
  readonly url: URL;
  readonly asked: Readonly<Record<string, string>>;
}

function Lists({ found: { items, next, requests, nextRequest }, clock, url, asked }: ListsProps) {
  if (items.length === 0 && requests.length === 0) {
    return (
      <Empty title={Object.keys(asked).length === 0 ? "Nothing was refused" : "No such request was refused"}>
        <p>
          If the vendor says that it sent something, look for it among the <a href="/dashboard/events">events</a>; else
          it never came here.
        </p>
      </Empty>
    );
  }
  return (
    <>
      <h2>One by one</h2>
      {requests.length === 0 ? (
        <p class="note">None of the last 7 days is kept by itself.</p>
      ) : (
        <RequestTable rows={requests} clock={clock} />
      )}
      <More
        here={changed(url, { before: undefined })}
        next={nextRequest && changed(url, { before: nextRequest })}
        isFirst={!url.searchParams.has("before")}
      />
      <h2>Counted</h2>
      {items.length === 0 ? (
        <p class="note">Nothing was counted in these days.</p>
      ) : (
        <CounterTable rows={items} clock={clock} />
      )}
      <More
        here={changed(url, { cursor: undefined })}
        next={next && changed(url, { cursor: next })}
        isFirst={!url.searchParams.has("cursor")}
      />
    </>
  );
}

function More({
  here,
  next,
  isFirst,
}: {
  readonly here: string;
  readonly next: string | null;
  readonly isFirst: boolean;
}) {
  if (isFirst && next === null) return null;
  return (
    <p class="pager">
      {isFirst ? null : <a href={here}>Newest</a>}
      {next === null ? null : <a href={next}>Older</a>}
    </p>
  );
}
