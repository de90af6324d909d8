import type * as z from "zod";
import { Refusal } from "../../api/operation.ts";
import { readTokens } from "../../api/tokens/list.ts";
import type { tokenView } from "../../api/tokens/view.ts";
import type { Clock } from "../page/clock.ts";
import type { Form, Markup, Page, View } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { Empty } from "../parts/empty.tsx";
import { Fault } from "../parts/fault.tsx";
import { Age, Moment } from "../parts/moment.tsx";
import { refusedView } from "../parts/refused.tsx";
import { SaidLine } from "../parts/said.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { EndForm } from "./end-form.tsx";
import { MakeForm } from "./make-form.tsx";

type Token = z.output<typeof tokenView>;

/** Who has a token, and what it may. */
export const tokensPage: Page = {
  path: "/dashboard/tokens",
  who: "admin",
  show: (visit) => tokensView(visit),
};

/** What came of a form: a token to show once, or why there is none. */
export interface Came {
  readonly told?: Markup | undefined;
  readonly form?: Form | undefined;
  readonly refusal?: Refusal | undefined;
}

/** All tokens, and the form that makes another. */
export async function tokensView({ ask, clock, url }: Visit, { told, form, refusal }: Came = {}): Promise<View> {
  const listed = await ask(readTokens);
  if (listed instanceof Refusal) return refusedView(listed);
  return {
    title: "Tokens",
    status: refusal === undefined ? undefined : 422,
    body: (
      <>
        <h1>Tokens</h1>
        <p class="lead">
          Each person and program has a token of its own, with one role; the audit names them by it. The secret{" "}
          <code>ADMIN_TOKEN</code> always works, and is not listed.
        </p>
        <SaidLine url={url} />
        {told}
        {listed.items.length === 0 ? (
          <Empty title="There is no named token yet.">
            <p>Make one below: a viewer for a screen on the wall, a receiver for whoever runs a destination.</p>
          </Empty>
        ) : (
          <Table columns={columnsFor(clock)} rows={listed.items} label="Tokens" />
        )}
        <h2 id="make">Make a token</h2>
        <Fault of={refusal} />
        <MakeForm form={form ?? {}} />
        {listed.items.length === 0 ? null : <EndForm tokens={listed.items} />}
      </>
    ),
  };
}

function columnsFor(clock: Clock): Column<Token>[] {
  return [
    { name: "Name", cell: ({ name }) => name },
    {
      name: "Role",
      cell: ({ role, destination }) => (destination === undefined ? role : `${role} of ${destination}`),
    },
    { name: "Last used", cell: ({ used }) => (used === undefined ? "not yet" : <Age at={used} clock={clock} />) },
    { name: "Ends", cell: ({ expires }) => (expires === undefined ? "never" : <Moment at={expires} clock={clock} />) },
    {
      name: "Made",
      cell: ({ created, maker }) => (
        <>
          <Age at={created} clock={clock} /> by {maker}
        </>
      ),
    },
    { name: "Id", cell: ({ id }) => <span class="id">{id}</span> },
  ];
}
