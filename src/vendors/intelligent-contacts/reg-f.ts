import * as z from "zod";
import { cutWord } from "../../events/values/read.ts";
import type { Kind } from "../kind.ts";
import { id, readFields, text } from "../values/fields.ts";
import { readMoment } from "../values/moment.ts";
import { moment } from "./moment.ts";
import { readNationalPhone } from "./national-phone.ts";

/** The same words a minute later are another attempt that was stopped. */
const WINDOW_MS = 60_000;

/** The record of a contact that Regulation F stopped. It has neither an id nor a time of its own. */
export const regFRecord = z.object({
  camp_name: text,
  lead_phone: text,
  lead_email: text,
  account_id: text,
  client_id: text,
  reason: text,
  pool_id: id("0", "-1"),
  pool_name: text,
  retry_at: moment,
});

/** A contact that was not allowed yet, and when it will be. */
export const regF = {
  schema: regFRecord,
  // The only code that the manual prints.
  words: { reason: (word) => /^(RF:\s*)?communication_limits$/i.test(cutWord(word)) },
  window: WINDOW_MS,
  draft: ({ source, body }) => {
    const record = readFields(regFRecord, body);
    const retry = readMoment(record.retry_at, source);
    const { account_id, client_id, lead_phone, reason } = record;
    return {
      type: "compliance.blocked",
      data: {
        compliance: { rule: "reg_f", reason: codeOf(reason), reasonLabel: reason, retryAt: retry.at },
        customer: { accountId: account_id, phone: readNationalPhone(lead_phone, source), email: record.lead_email },
        client: { id: client_id },
        list: { id: record.pool_id, name: record.pool_name },
        campaign: { name: record.camp_name },
      },
      warnings: retry.warnings,
    };
  },
} as const satisfies Kind;

/** `RF: communication_limits` is the code `communication_limits`. */
function codeOf(reason: string | undefined): string | undefined {
  return /^(?:RF:\s*)?(.+)$/is.exec(reason ?? "")?.[1];
}
