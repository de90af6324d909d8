import * as z from "zod";
import { sourceId } from "../config/schema/source.ts";
import { agentId } from "../events/parts/scalar.ts";
import { listAgents } from "../log/agents.ts";
import { sameName } from "../login/same.ts";
import { openText, userName } from "../platform/shown.ts";
import { asksAboutLogins } from "../vendors/vendor.ts";
import { operation, Refusal } from "./operation.ts";
import { relayInForce } from "./relay-in-force.ts";

const MAX_AGENTS = 500;

/** `GET /api/agents?source=&beginning=` */
export const readSeenAgents = operation({
  who: "supervisor",
  summary: "Agents who asked to log in lately, by user name",
  takes: {
    query: z.strictObject({
      source: sourceId.optional(),
      beginning: z.string().max(100).optional().describe("only those whose user name or id begins so"),
    }),
  },
  gives: z.object({
    items: z.array(
      z.object({
        source: openText,
        id: agentId.optional(),
        username: userName.optional(),
        seen: z.iso.date().describe("the UTC day on which they asked last"),
      }),
    ),
    more: z.boolean().describe("there are others; the first 500 are told"),
  }),
  refusals: ["not_ready"],
  run: async ({ query: { source, beginning = "" }, ...work }) => {
    const relay = await relayInForce(work);
    if (relay instanceof Refusal) return relay;
    const asking = [...relay.sources.values()].flatMap(({ id, vendor }) => (asksAboutLogins(vendor) ? id : []));
    const sources = source === undefined ? asking : [source];
    const agents = await listAgents(work.env.LOG, sources, sameName(beginning), MAX_AGENTS + 1);
    const items = agents.slice(0, MAX_AGENTS).map(({ source, id, username, seen }) => ({
      source,
      ...(id === "" ? {} : { id }),
      ...(username === "" ? {} : { username }),
      seen,
    }));
    return { items, more: agents.length > MAX_AGENTS };
  },
});
