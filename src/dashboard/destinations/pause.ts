import { pause, resume } from "../../api/destinations/pause.ts";
import { Refusal } from "../../api/operation.ts";
import type { Action } from "../page/page.ts";
import { address, pagePath } from "../parts/address.ts";
import { refusedView } from "../parts/refused.tsx";
import { done } from "../parts/said.tsx";

/** Stops and goes on; each leads back to where its button was. */
export const pauseActions: readonly Action[] = [act("pause"), act("resume")];

function act(name: "pause" | "resume"): Action {
  return {
    path: `/dashboard/destinations/:id/${name}`,
    who: "operator",
    act: async ({ ask, params }, { from }) => {
      const { id = "" } = params;
      const told = await ask(name === "pause" ? pause : resume, { params });
      const back = from === "list" ? address("/dashboard/destinations", { of: id }) : pagePath("destinations", id);
      return told instanceof Refusal ? refusedView(told, back) : done(back, name === "pause" ? "paused" : "resumed");
    },
  };
}
