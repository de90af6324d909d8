import type * as z from "zod";
import { Refusal } from "../../api/operation.ts";
import { selftest } from "../../api/selftest/selftest.ts";
import { addKey, endKey } from "../../api/sources/key.ts";
import { readSource } from "../../api/sources/read.ts";
import type { Action } from "../page/page.ts";
import { pagePath } from "../parts/address.ts";
import { refusedView } from "../parts/refused.tsx";
import { done } from "../parts/said.tsx";
import { State } from "../parts/state.tsx";
import { sourceView } from "./one-page.tsx";

const add: Action = {
  path: "/dashboard/sources/:id/add-key",
  who: "admin",
  act: async (visit, { seen }) => {
    const back = pagePath("sources", visit.params.id ?? "");
    const there = await visit.ask(readSource, { params: visit.params });
    if (there instanceof Refusal) return refusedView(there, "/dashboard/sources");
    // What a browser sends again by a reload makes no second one.
    if (String(there.keys.length) !== seen) return refusedView(meanwhile, back);
    const told = await visit.ask(addKey, { params: visit.params });
    if (told instanceof Refusal) return refusedView(told, back);
    return sourceView(visit, { key: told.key });
  },
};

const end: Action = {
  path: "/dashboard/sources/:id/end-key",
  who: "admin",
  act: async ({ ask, params }, { name = "" }) => {
    const back = pagePath("sources", params.id ?? "");
    const told = await ask(endKey, { params: { ...params, name } });
    return told instanceof Refusal ? refusedView(told, back) : done(back, "key_ended");
  },
};

const test: Action = {
  path: "/dashboard/sources/:id/test",
  who: "admin",
  act: async (visit) => {
    const { id = "" } = visit.params;
    const told = await visit.ask(selftest, { body: { source: id } });
    if (told instanceof Refusal) return refusedView(told, pagePath("sources", id));
    return sourceView(visit, { told: <Tried of={told} /> });
  },
};

const meanwhile = new Refusal(
  "invalid_request",
  "Its keys were changed since that page was shown, perhaps by the same button. No further one was made.",
);

/** What an admin can do with a source. */
export const sourceActions: readonly Action[] = [add, end, test];

function Tried({ of: { ok, steps } }: { readonly of: z.output<typeof selftest.gives> }) {
  return (
    <section class="panel" role="status" aria-label="What the test came to">
      <p>
        <State of={ok ? "ok" : "refused"} word={ok ? "A webhook of this source gets through" : "Something is wrong"} />
      </p>
      <ul>
        {steps.map((step) => (
          <li>
            {step.name}: {step.ok ? "ok" : "not ok"}, {step.ms} ms
            {step.detail === undefined ? null : `: ${step.detail}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
