import * as z from "zod";
import { callIncidents, INCIDENTS_LIMIT_MS } from "../../incidents/desk.ts";
import { incidentId } from "../../incidents/incident.ts";
import { openText } from "../../platform/shown.ts";
import { operation, Refusal } from "../operation.ts";
import { limit } from "../parameters.ts";
import { incidentView, tellIncident } from "./view.ts";

/** That incidents cannot be read. */
export const unreadable = new Refusal("not_ready", "Incidents cannot be read at the moment; try again in a minute.");

/** `GET /api/incidents` */
export const listIncidents = operation({
  who: "viewer",
  summary: "What needs or needed a person, told once when it began and once when it was over: the open ones first",
  takes: {
    query: z.strictObject({ cursor: incidentId.optional().describe("`next` of the page before"), limit }),
  },
  gives: z.object({ items: z.array(incidentView), next: openText.nullable() }),
  refusals: ["not_ready"],
  run: async ({ query: { cursor, limit }, env }) => {
    const page = await callIncidents(env, INCIDENTS_LIMIT_MS, (incidents) => incidents.list(cursor, limit));
    if (!page.ok) return unreadable;
    const { items, more } = page.value;
    return { items: items.map(tellIncident), next: more ? (items.at(-1)?.id ?? null) : null };
  },
});
