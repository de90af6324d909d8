import * as z from "zod";
import type { Relay } from "../../config/load-relay.ts";
import { READ_AT_ONCE, readAll } from "../../delivery/replay/correct.ts";
import { FIRST_RECEIPT, LAST_RECEIPT } from "../../events/receipt.ts";
import type { PlannedCorrection } from "../../log/replays/replay.ts";
import { searchEvents } from "../../log/search/search.ts";
import { openText, personal } from "../../platform/shown.ts";

/** Events whose differences are shown. */
const MAX_SHOWN = 20;
const EVERYTHING = { from: FIRST_RECEIPT, before: LAST_RECEIPT };

/** In what the second reading of an event differs. */
export const difference = z.object({
  id: openText,
  receipt: openText,
  fields: z.array(z.object({ path: openText, before: personal.optional(), after: personal.optional() })),
});

/** In what the first of the events differ that are corrected. They are read again for it: what differs is kept nowhere. */
export async function describeDifferences(
  corrections: readonly PlannedCorrection[],
  relay: Relay,
  env: Env,
): Promise<z.input<typeof difference>[]> {
  const among = corrections.slice(0, MAX_SHOWN).map(({ receipt }) => receipt);
  if (among.length === 0) return [];
  const { events } = await searchEvents(env.LOG, EVERYTHING, among.length, { among });
  const shown: z.input<typeof difference>[] = [];
  for (let start = 0; start < events.length; start += READ_AT_ONCE) {
    const readings = await readAll(events.slice(start, start + READ_AT_ONCE), relay, env);
    shown.push(
      ...readings.map(({ before, read, differences }) => ({
        id: before.id,
        receipt: read.message.receipt,
        fields: [...differences],
      })),
    );
  }
  return shown;
}
