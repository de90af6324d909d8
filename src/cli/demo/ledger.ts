import * as z from "zod";

const counts = z.record(z.string(), z.number());
const ledger = z.looseObject({ balanced: z.boolean(), webhooks: counts, deliveries: counts });

/** The relay's books, as far as the demo reads them. */
export type Ledger = z.infer<typeof ledger>;

/** Reads the ledger; undefined when there is none to be had. */
export async function readLedger(base: string, adminToken: string): Promise<Ledger | undefined> {
  const response = await fetch(`${base}/api/ledger`, { headers: { authorization: `Bearer ${adminToken}` } });
  const parsed = ledger.safeParse(response.ok ? await response.json() : undefined);
  return parsed.success ? parsed.data : undefined;
}

/** Whether everything is accounted for and nothing is under way. */
export function isSettled({ balanced, webhooks, deliveries }: Ledger): boolean {
  return balanced && (webhooks.unread ?? 0) === 0 && (deliveries.waiting ?? 0) === 0;
}
