import { pause, resume } from "../../api/destinations/pause.ts";
import { Refusal } from "../../api/operation.ts";
import type { Action } from "../page/page.ts";
import { address } from "../parts/address.ts";
import { refusedView } from "../parts/refused.tsx";

const acts = [
  ["resume", "resumed", resume],
  ["pause", "paused", pause],
] as const;

/** The buttons beside what needs somebody: each leads back to the page, which says what was done. */
export const nowActions: readonly Action[] = acts.map(([word, said, operation]) => ({
  path: `/dashboard/now/${word}/:id`,
  who: "operator",
  act: async ({ ask, params }) => {
    const { id = "" } = params;
    const done = await ask(operation, { params: { id } });
    if (done instanceof Refusal) return refusedView(done, "/dashboard");
    return new Response(null, {
      status: 303,
      headers: { location: address("/dashboard", { said, destination: id }) },
    });
  },
}));
