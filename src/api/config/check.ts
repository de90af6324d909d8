import * as z from "zod";
import { examine } from "../../config/check/examine.ts";
import { readWritten } from "../../config/documents/edit.ts";
import { locate } from "../../config/documents/locate.ts";
import { urlRules } from "../../config/url-rules.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { remark } from "../documents/written.ts";
import { operation } from "../operation.ts";
import { configBody, placeConfig } from "./document.ts";

const located = remark.extend({
  line: z.number().optional().describe("where the member or the item begins in the text that was sent, from 1"),
  column: z.number().optional(),
});

/** `POST /api/config/check` */
export const checkConfig = operation({
  who: "admin",
  summary: "All that is wrong with a configuration, and remarkable about it, at once; nothing is changed",
  takes: { body: configBody },
  gives: z.object({
    state: z
      .enum(["valid", "faulty", "invalid"])
      .describe("`invalid`: not JSON, or not of the published schema; `faulty`: wrong all the same; both are refused"),
    faults: z.array(located).describe("for which it would be refused"),
    remarks: z.array(located).describe("what is remarkable about it; with it, it would be taken"),
  }),
  anyText: true,
  run: async ({ text, env, now }) => {
    const lookup = lookupIn(env);
    const { version } = await readWritten(placeConfig(env), now);
    const { state, faults, remarks } = await examine(text, { rules: urlRules(lookup), kept: version?.body, lookup });
    return { state, faults: locate(text, faults), remarks: locate(text, remarks) };
  },
});
