import * as z from "zod";
import { callIncidents, INCIDENTS_LIMIT_MS } from "../../incidents/desk.ts";
import { operation, Refusal } from "../operation.ts";
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
    const found = await callIncidents(env, INCIDENTS_LIMIT_MS, (incidents) =>
      incidents.acknowledge(id, caller.name, now),
    );
    if (!found.ok) return unreadable;
    return found.value === undefined
      ? new Refusal("not_found", "No incident has this id, or it is one of the oldest that are gone.")
      : tellIncident(found.value);
  },
});
