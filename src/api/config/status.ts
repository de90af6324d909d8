import * as z from "zod";
import { readWritten } from "../../config/documents/edit.ts";
import { parseKeptRelay } from "../../config/parse-relay.ts";
import { remarkRelay, remarkSettings } from "../../config/remarks.ts";
import { openSealed } from "../../config/secrets/open-sealed.ts";
import { urlRules } from "../../config/url-rules.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { toInstant } from "../../platform/time/instant.ts";
import { remark } from "../documents/written.ts";
import { operation } from "../operation.ts";
import { placeConfig } from "./document.ts";

/** `GET /api/config/status` */
export const configStatus = operation({
  who: "admin",
  summary: "How the configuration stands: version in force, faults, remarks, whether what stands in KV is passed over",
  takes: {},
  gives: z.object({
    version: z
      .object({ version: z.number(), hash: z.string(), who: z.string(), since: z.iso.datetime() })
      .optional()
      .describe("the one in force; absent when there is none"),
    faulty: z.array(remark).describe("what is wrong with the version in force; a destination with a fault is held"),
    remarks: z.array(remark).describe("what is remarkable about it, and about the Worker's secrets and variables"),
    passedOver: z.boolean().describe("whether what stands in KV now is not in force"),
    faults: z.array(remark).describe("why what stands in KV now is passed over"),
  }),
  run: async ({ env, now }) => {
    const lookup = lookupIn(env);
    const { version, faults = [] } = await readWritten(placeConfig(env), now);
    const parsed = version && parseKeptRelay(version.body, urlRules(lookup));
    const remarks =
      parsed === undefined || parsed.state === "invalid"
        ? []
        : remarkRelay(parsed.value, lookup, await openSealed(parsed.value, lookup));
    return {
      ...(version === undefined ? {} : { version: describe(version) }),
      faulty: parsed === undefined || parsed.state === "valid" ? [] : [...parsed.faults],
      remarks: [...remarks, ...remarkSettings(lookup)],
      passedOver: faults.length > 0,
      faults: [...faults],
    };
  },
});

function describe({ version, hash, who, at }: { version: number; hash: string; who: string; at: number }) {
  return { version, hash, who, since: toInstant(at) };
}
