import { readEvent } from "../../api/events/read.ts";
import { Refusal } from "../../api/operation.ts";
import type { Page, View } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { refusedView } from "../parts/refused.tsx";
import { eventView } from "./event-view.tsx";
import type { WholeEvent } from "./told.ts";

/** One event, from the request to the attempts. */
export const eventPage: Page = {
  path: "/dashboard/events/:id",
  who: "viewer",
  show: async (visit): Promise<View> => {
    const told = await readWholeEvent(visit);
    return told instanceof Refusal ? refusedView(told, "/dashboard/events") : eventView(told, visit);
  },
};

/** The event that the address names. */
export async function readWholeEvent({ ask, params }: Visit): Promise<WholeEvent | Refusal> {
  const told = await ask(readEvent, { params: { id: params.id } });
  return told instanceof Refusal || "event" in told
    ? told
    : new Refusal("forbidden", "A receiver has a page of its own.");
}
