import * as z from "zod";
import { readWritten, writeDocument } from "../../config/documents/edit.ts";
import { forgetRelay } from "../../config/load-relay.ts";
import { resealDocument } from "../../config/secrets/reseal.ts";
import { sealingKeysIn } from "../../config/secrets/sealed.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { mayChange } from "../documents/etag.ts";
import { lostRace, refuseOutcome } from "../documents/refusals.ts";
import { operation, Refusal } from "../operation.ts";
import { authorOf } from "../people/deed.ts";
import { placeConfig } from "./document.ts";
import { noRelayKey } from "./seal.ts";

/** `POST /api/config/rekey` */
export const rekeyConfig = operation({
  who: "admin",
  summary: "Seals anew, under RELAY_KEY, what of the configuration is sealed under RELAY_KEY_PREVIOUS",
  takes: {},
  gives: z.object({
    version: z.string().describe("of the configuration as it is now"),
    resealed: z.array(z.string()).describe("paths of what was sealed anew; none: nothing was written"),
    unopened: z
      .array(z.string())
      .describe("paths of what opens under neither key, or not at that place; it stays as it is"),
  }),
  refusals: ["not_found", "relay_key_missing", "precondition_failed", "body_too_large", "not_stored"],
  run: async ({ env, now, headers, caller }) => {
    const { current, previous } = await sealingKeysIn(lookupIn(env));
    if (current === undefined) return noRelayKey;
    const place = placeConfig(env);
    const { version, newest } = await readWritten(place, now);
    if (version === undefined) return new Refusal("not_found", "No valid configuration was put yet; PUT one.");
    if (!mayChange(headers, version.hash)) return lostRace;
    const { text, resealed, unopened } = await resealDocument(version.body, current, previous);
    if (resealed.length === 0) return { version: version.hash, resealed, unopened };
    const outcome = await writeDocument(place, text, newest, now, authorOf(caller, "config.rekeyed"));
    if (outcome.state !== "written") return refuseOutcome(outcome.state);
    forgetRelay();
    return { version: outcome.hash, resealed, unopened };
  },
});
