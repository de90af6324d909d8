import * as z from "zod";

const count = z.int();
const deliveries = z.object({ due: count, delivered: count, dead: count, expired: count, waiting: count });

/** A line of the ledger, as the API gives it. */
export const ledgerLine = z.object({
  webhooks: z.object({ accepted: count, events: count, duplicates: count, failed: count, unrouted: count }),
  deliveries,
  replays: deliveries,
  logins: z.object({ decided: count, granted: count, refused: count }),
});
