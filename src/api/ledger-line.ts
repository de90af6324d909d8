import * as z from "zod";

const count = z.int();
const deliveries = z.object({ due: count, delivered: count, dead: count, expired: count, waiting: count });

/** A line of the ledger, as the API gives it. */
export const ledgerLine = z.object({
  webhooks: z.object({ accepted: count, events: count, duplicates: count, failed: count, unrouted: count }),
  deliveries,
  replays: deliveries,
  logins: z.object({ decided: count, granted: count, refused: count }),
  questions: z
    .object({ asked: count, answered: count, otherwise: count, refused: count })
    .describe("to responders: answered by them, by what the configuration has for this case, or with 503"),
});
