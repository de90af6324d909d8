import { Refusal } from "../../api/operation.ts";
import { endGrant } from "../../api/permissions/grants.ts";
import type { Action } from "../page/page.ts";
import { pagePath } from "../parts/address.ts";
import { refusedView } from "../parts/refused.tsx";
import { done } from "../parts/said.tsx";

/** Ends a grant before its time. */
export const endGrantNow: Action = {
  path: "/dashboard/permissions/:source/end-grant",
  who: "supervisor",
  act: async ({ ask, params }, { id = "" }) => {
    const path = pagePath("permissions", params.source ?? "");
    const ended = await ask(endGrant, { params: { ...params, id } });
    return ended instanceof Refusal ? refusedView(ended, path) : done(path, "grant_ended");
  },
};
