import * as z from "zod";
import { callIncidents, INCIDENTS_LIMIT_MS } from "../../incidents/desk.ts";
import { writeAudited } from "../../log/audit/write.ts";
import { operation, Refusal } from "../operation.ts";
import { deedOf } from "../people/deed.ts";
import { unreadable } from "./read.ts";
import { incidentView, tellIncident } from "./view.ts";

/** `POST /api/incidents/:id/ack` */
export const acknowledgeIncident = operation({
  who: "operator",
  summary: "Says that somebody sees to an incident; the first who says so stays, and it closes by itself",
  takes: { params: z.object({ id: z.string() }) },
  gives: incidentView,
  refusals: ["not_found", "not_ready"],
  run: async ({ params: { id }, env, now, caller }) => {
    const found = await callIncidents(env, INCIDENTS_LIMIT_MS, (incidents) => incidents.find(id));
    if (!found.ok) return unreadable;
    if (found.value === undefined) return noIncident;
    if (found.value.ack !== undefined) return tellIncident(found.value);
    // Incidents are not kept in the log: the entry comes first, and without it nothing is done.
    await writeAudited(env.LOG, [], deedOf(caller, "incident.acknowledged", `incidents/${id}`), now);
    const seen = await callIncidents(env, INCIDENTS_LIMIT_MS, (incidents) =>
      incidents.acknowledge(id, caller.name, now),
    );
    if (!seen.ok) return unreadable;
    return seen.value === undefined ? noIncident : tellIncident(seen.value);
  },
});

const noIncident = new Refusal("not_found", "No incident has this id, or it is one of the oldest that are gone.");
