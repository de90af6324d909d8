import { Refusal } from "../../api/operation.ts";
import { replayEvent } from "../../api/replays/replay-event.ts";
import type { Action } from "../page/page.ts";
import { pagePath } from "../parts/address.ts";
import { refusedView } from "../parts/refused.tsx";
import { done } from "../parts/said.tsx";

/** Delivers one event again. */
export const replayEventAction: Action = {
  path: "/dashboard/events/:id/replay",
  who: "operator",
  act: async ({ ask, params: { id = "" } }, { destination, reason }) => {
    const path = pagePath("events", id);
    const told = await ask(replayEvent, { params: { id }, body: { destination, reason } });
    if (told instanceof Refusal) return refusedView(told, path);
    return done(`${path}#deliveries`, told.deliveries.length === 0 ? "nothing_replayed" : "replayed");
  },
};
