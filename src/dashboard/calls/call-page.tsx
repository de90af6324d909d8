import { readCall } from "../../api/calls/read.ts";
import { Refusal } from "../../api/operation.ts";
import type { Page } from "../page/page.ts";
import { address, pagePath } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import { JsonTree } from "../parts/json/json-tree.tsx";
import { refusedView } from "../parts/refused.tsx";
import { State } from "../parts/state.tsx";
import { CallPicture } from "./call-picture.tsx";
import { CallTable } from "./call-table.tsx";
import { layOut } from "./lay-out.ts";
import type { ToldCall } from "./told.ts";

/** One call on a line: what came of it and when, what is missing, and whether its figures are final. */
export const callPage: Page = {
  path: "/dashboard/calls/:source/:id",
  who: "viewer",
  show: async ({ ask, params: { source = "", id = "" }, clock, url }) => {
    const told = await ask(readCall, { params: { source, id } });
    if (told instanceof Refusal) return refusedView(told, address("/dashboard/events", { q: id }));
    const picture = layOut(told);
    return {
      title: `Call ${id}`,
      refreshSeconds: told.final ? undefined : 10,
      body: (
        <>
          <h1>Call {id}</h1>
          <p class="lead">
            At <a href={pagePath("sources", source)}>{source}</a>: {inWords(told)}{" "}
            {told.final ? <State of="final" tone="good" /> : <State of="so far" tone="waiting" />}
          </p>
          <Gaps told={told} />
          {picture === undefined ? null : <CallPicture picture={picture} clock={clock} />}
          <CallTable items={told.items} clock={clock} />
          {told.more ? <p class="note">There are more events of this call than are told here.</p> : null}
          <h2>{told.final ? "Final figures" : "Figures so far"}</h2>
          <section class="panel">
            <JsonTree value={told.call} label="The call as its events tell it together" />
          </section>
          <Commands
            id="call"
            origin={url.origin}
            method="GET"
            path={`/api/calls/${encodeURIComponent(source)}/${encodeURIComponent(id)}`}
            command={["show", id, "--source", source]}
          />
        </>
      ),
    };
  },
};

function inWords({ items, gaps }: ToldCall): string {
  const late = items.filter((item) => item.late).length;
  const repeated = items.reduce((sum, item) => sum + item.repeated, 0);
  return [
    items.length === 1 ? "1 event" : `${items.length} events`,
    ...(late === 0 ? [] : [`${late} late`]),
    ...(repeated === 0 ? [] : [`${repeated} repeated`]),
    ...(gaps.length === 0 ? [] : [`${gaps.length} missing`]),
  ].join(", ");
}

function Gaps({ told: { gaps } }: { readonly told: ToldCall }) {
  if (gaps.length === 0) return null;
  return (
    <ul class="needs">
      {gaps.map(({ missing, sentence }) => (
        <li>
          <strong>{missing} is missing</strong>
          <span class="next">{sentence}</span>
        </li>
      ))}
    </ul>
  );
}
