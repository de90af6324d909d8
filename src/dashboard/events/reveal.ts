import { revealEvent } from "../../api/events/reveal.ts";
import { Refusal } from "../../api/operation.ts";
import type { Action } from "../page/page.ts";
import { refusedView } from "../parts/refused.tsx";
import { readWholeEvent } from "./event-page.ts";
import { eventView } from "./event-view.tsx";

/** Shows an event in clear, in answer to the form alone: no address leads there. */
export const revealAction: Action = {
  path: "/dashboard/events/:id/reveal",
  who: "operator",
  act: async (visit, form) => {
    const paths = form.paths?.split(/[\s,]+/).filter((path) => path !== "");
    const body = { reason: form.reason ?? "", paths };
    const told = await visit.ask(revealEvent, { params: { id: visit.params.id }, body });
    if (!(told instanceof Refusal)) return eventView(told, visit, { revealed: told.revealed ?? "all" });
    const masked = await readWholeEvent(visit);
    return masked instanceof Refusal
      ? refusedView(masked, "/dashboard/events")
      : eventView(masked, visit, { typed: form, refusal: told });
  },
};
