import { Refusal } from "../../api/operation.ts";
import { replayEvents } from "../../api/replays/replay-events.ts";
import type { Action, Page } from "../page/page.ts";
import { leadTo, pagePath } from "../parts/address.ts";
import { newReplayView } from "./new-view.tsx";

/** Where a replay is asked for; its filter may come with the address. */
export const newReplayPage: Page = {
  path: "/dashboard/replays/new",
  who: "operator",
  show: async ({ query, clock: { zone } }) => newReplayView({ typed: query, zone }),
};

/** Has a replay count what it finds. */
export const countReplayAction: Action = {
  path: "/dashboard/replays",
  who: "operator",
  act: async ({ ask, clock: { zone } }, form) => {
    const { source, type, state, destination, subject, since, until, to, perSecond, reason, renormalize } = form;
    const isTimed = since !== undefined || until !== undefined;
    const filter = { source, type, state, destination, subject, since, until };
    const told = await ask(replayEvents, {
      body: {
        filter: isTimed ? { ...filter, zone: form.zone ?? zone } : filter,
        destination: to,
        renormalize: renormalize !== undefined,
        dryRun: true,
        perSecond: perSecond === undefined ? undefined : Number(perSecond),
        reason,
      },
    });
    if (told instanceof Refusal) return newReplayView({ typed: form, zone, refusal: told });
    return leadTo(pagePath("replays", told.id), 303);
  },
};
