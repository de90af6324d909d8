import * as z from "zod";

const counts = z.record(z.string(), z.number());
const ledger = z.looseObject({ balanced: z.boolean(), webhooks: counts, deliveries: counts });

/** The relay's books, as far as the demo reads them. */
export type DemoLedger = z.infer<typeof ledger>;

/** Reads the ledger; undefined when there is none to be had. */
export async function askLedger(base: string, adminToken: string): Promise<DemoLedger | undefined> {
  const response = await fetch(`${base}/api/ledger`, { headers: { authorization: `Bearer ${adminToken}` } });
  const parsed = ledger.safeParse(response.ok ? await response.json() : undefined);
  return parsed.success ? parsed.data : undefined;
}

/** What is wrong with the books after `accepted` webhooks; undefined when nothing is. */
export function findLedgerFault(ledger: DemoLedger | undefined, accepted: number): string | undefined {
  if (ledger === undefined) return "the ledger does not answer";
  const { balanced, webhooks, deliveries } = ledger;
  if (!balanced) return "the ledger does not balance";
  if (webhooks.unread !== 0 || deliveries.waiting !== 0) return "the ledger says that something is still under way";
  return webhooks.accepted === accepted
    ? undefined
    : `the ledger knows of ${webhooks.accepted} webhooks, ${accepted} were accepted`;
}
