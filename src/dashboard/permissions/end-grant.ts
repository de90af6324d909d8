import { Refusal } from "../../api/operation.ts";
import { endGrant } from "../../api/permissions/grants.ts";
import type { Action, View } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { pagePath } from "../parts/address.ts";
import { refusedView } from "../parts/refused.tsx";
import { done } from "../parts/said.tsx";

/** A grant, and whose map it is in. */
interface Grant {
  readonly source?: string | undefined;
  readonly id?: string | undefined;
}

/** Takes a grant back before its time, and leads on. */
export async function takeBack(
  { ask }: Visit,
  { source = "", id = "" }: Grant,
  path: string,
): Promise<View | Response> {
  const ended = await ask(endGrant, { params: { source, id } });
  return ended instanceof Refusal ? refusedView(ended, path) : done(path, "grant_ended");
}

/** The button of the map's own page. */
export const endGrantNow: Action = {
  path: "/dashboard/permissions/:source/end-grant",
  who: "supervisor",
  act: (visit, { id }) => {
    const { source = "" } = visit.params;
    return takeBack(visit, { source, id }, pagePath("permissions", source));
  },
};
