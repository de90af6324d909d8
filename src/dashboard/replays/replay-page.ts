import { type Operation, Refusal } from "../../api/operation.ts";
import { cancel, start } from "../../api/replays/decide.ts";
import { readOneReplay } from "../../api/replays/read.ts";
import type { Action, Page, View } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { pagePath } from "../parts/address.ts";
import { refusedView } from "../parts/refused.tsx";
import { done, type Said } from "../parts/said.tsx";
import { MANY } from "./decide-forms.tsx";
import { replayPageView } from "./replay-view.tsx";

/** One replay. */
export const replayPage: Page = {
  path: "/dashboard/replays/:id",
  who: "operator",
  show: (visit) => showReplay(visit),
};

/** Sends what a replay has found; of many deliveries the number has to be typed. */
export const startReplayAction: Action = {
  path: "/dashboard/replays/:id/start",
  who: "operator",
  act: async (visit, { count }) => {
    const told = await visit.ask(readOneReplay, { params: { id: visit.params.id } });
    if (told instanceof Refusal) return refusedView(told, "/dashboard/replays");
    if (told.deliveries >= MANY && count?.trim() !== String(told.deliveries)) {
      return replayPageView(
        told,
        visit,
        new Refusal("invalid_request", `Nothing was sent: type ${told.deliveries} to start it.`),
      );
    }
    return decide(visit, start, "replay_started");
  },
};

/** Ends a replay. */
export const cancelReplayAction: Action = {
  path: "/dashboard/replays/:id/cancel",
  who: "operator",
  act: (visit) => decide(visit, cancel, "replay_cancelled"),
};

async function decide(visit: Visit, operation: Operation, said: Said): Promise<View | Response> {
  const { id = "" } = visit.params;
  const told = await visit.ask(operation, { params: { id } });
  return told instanceof Refusal ? showReplay(visit, told) : done(pagePath("replays", id), said);
}

async function showReplay(visit: Visit, refusal?: Refusal): Promise<View> {
  const told = await visit.ask(readOneReplay, { params: { id: visit.params.id } });
  return told instanceof Refusal ? refusedView(told, "/dashboard/replays") : replayPageView(told, visit, refusal);
}
