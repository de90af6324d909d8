import * as z from "zod";
import type { Draft } from "../../events/draft.ts";
import { id, text } from "../../events/values/fields.ts";
import { readMoment } from "../moment.ts";
import { moment } from "./moment.ts";
import { readNationalPhone } from "./national-phone.ts";
import type { Reading } from "./reading.ts";

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

/** Milliseconds. The same words a minute later are another attempt that was stopped. */
const REG_F_WINDOW = 60 * 1000;

/** A contact that was not allowed yet, and when it will be. */
export function readRegF({ source, body, warnings }: Reading): Draft {
  const record = regFRecord.parse(body);
  const retry = readMoment(record.retry_at, source);
  const { account_id, client_id, lead_phone, reason, retry_at } = record;
  return {
    type: "compliance.blocked",
    vendorEvent: "reg-f",
    data: {
      compliance: { rule: "reg_f", reason: codeOf(reason), reasonLabel: reason, retryAt: retry.at },
      customer: { accountId: account_id, phone: readNationalPhone(lead_phone, source), email: record.lead_email },
      client: { id: client_id },
      list: { id: record.pool_id, name: record.pool_name },
      campaign: { name: record.camp_name },
    },
    warnings: [...warnings, ...retry.warnings],
    identity: [account_id, client_id, lead_phone, reason, retry_at].map((word) => word ?? ""),
    window: REG_F_WINDOW,
  };
}

/** `RF: communication_limits` is the code `communication_limits`. */
function codeOf(reason: string | undefined): string | undefined {
  return /^(?:RF:\s*)?(.+)$/is.exec(reason ?? "")?.[1];
}
