import { pauseAction } from "../destinations/pause.ts";
import type { Action } from "../page/page.ts";
import { address, leadTo } from "../parts/address.ts";

/** The buttons beside what needs somebody: each leads back to the page, which says what was done. */
export const nowActions: readonly Action[] = (["resume", "pause"] as const).map((name) =>
  pauseAction(name, `/dashboard/now/${name}/:id`, {
    back: () => "/dashboard",
    lead: (back, said, destination) => leadTo(address(back, { said, destination }), 303),
  }),
);
