import * as z from "zod";
import { sourceId } from "../../config/schema/source.ts";
import { acceptedAt } from "../../events/receipt.ts";
import { readGivenUp } from "../../log/deliveries/given-up.ts";
import { openText } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import { operation } from "../operation.ts";
import { advice } from "../rejections/view.ts";
import { adviseOnCause } from "./advice.ts";

const givenUp = z.enum(["dead", "expired"]);

/** `GET /api/dead-letters` */
export const listDeadLetters = operation({
  who: "viewer",
  summary: "Deliveries that were given up and not replayed since, by destination and cause",
  takes: {
    query: z.strictObject({
      destination: sourceId.optional(),
      state: givenUp.default("dead").describe("dead: all attempts failed; expired: it came too late"),
    }),
  },
  gives: z.object({
    items: z.array(
      advice.extend({
        destination: openText,
        state: givenUp,
        reason: openText.nullable().describe("status_500, timeout, connection, …"),
        deliveries: z.int(),
        first: z.iso.datetime().describe("when the oldest of their events was accepted"),
        last: z.iso.datetime().describe("when the newest was"),
        sample: openText.describe("receipt of the newest"),
      }),
    ),
    more: z.boolean().describe("there is more than was looked at: each number is the least"),
  }),
  run: async ({ query: { destination, state }, env }) => {
    const { groups, more } = await readGivenUp(env.LOG, { state, destination });
    const items = groups.map(({ reason, first, last, ...group }) => ({
      ...group,
      state,
      reason,
      first: toInstant(acceptedAt(first)),
      last: toInstant(acceptedAt(last)),
      sample: last,
      ...adviseOnCause(reason),
    }));
    return { items, more };
  },
});
