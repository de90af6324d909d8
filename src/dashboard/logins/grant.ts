import { Refusal } from "../../api/operation.ts";
import { makeGrant } from "../../api/permissions/grants.ts";
import { listMaps } from "../../api/permissions/list.ts";
import { readComing } from "../../api/times/coming.ts";
import type { Action } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { address } from "../parts/address.ts";
import { done } from "../parts/said.tsx";
import { takeBack } from "../permissions/end-grant.ts";
import { deskView } from "./desk-page.tsx";
import { zoneOfDesk } from "./when.ts";

/** Grants an agent projects for today, and leads back to the desk, where it can be taken back. */
export const grantAction: Action = {
  path: "/dashboard/logins/grant",
  who: "supervisor",
  act: async (visit, form) => {
    const { source = "", users, usernames, projects = "", until = "", note = "" } = form;
    const keep = (fault: string) => deskView(visit, { fault, projects, until, note });
    if (note === "") return keep("Say why: whoever looks at this login later will read it.");
    const end = await readEnd(visit, until);
    if (end === undefined) return keep("This is no time to come. Write 17:00, or 2026-11-20 17:00.");
    const allow = projects.split(/[\s,]+/).filter((project) => project !== "");
    const body = { users, usernames, allow, until: end, note };
    const made = await visit.ask(makeGrant, { params: { source }, body });
    if (made instanceof Refusal) return keep(made.detail);
    return done(`${address("/dashboard/logins", { ...visit.query, source, grant: made.id })}#now`, "granted");
  },
};

/** Takes a grant back. */
export const endGrantAction: Action = {
  path: "/dashboard/logins/end-grant",
  who: "supervisor",
  act: (visit, form) => takeBack(visit, form, address("/dashboard/logins", visit.query)),
};

/** By the clock by which the page told its times. */
async function readEnd(visit: Visit, until: string): Promise<string | undefined> {
  const maps = await visit.ask(listMaps);
  const zone = zoneOfDesk(visit, maps instanceof Refusal ? [] : maps.items);
  const end = readComing(until, zone, visit.clock.now);
  return end === undefined ? undefined : new Date(end).toISOString();
}
