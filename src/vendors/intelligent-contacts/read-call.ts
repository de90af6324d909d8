import type { BareDraft } from "../../events/draft.ts";
import { subjects } from "../../events/subject.ts";
import { worthOf } from "../../events/values/figure.ts";
import { labelOf } from "../source-settings.ts";
import { readMoment } from "../values/moment.ts";
import { readCall } from "./call.ts";
import { callRecord } from "./call-record.ts";
import { readDisposition } from "./disposition.ts";
import type { CallKind } from "./kinds.ts";
import { readNationalPhone } from "./national-phone.ts";
import type { Reading } from "./reading.ts";

const types = {
  "call-created": "call.started",
  "call-ended": "call.hungup",
  "call-saved": "call.completed",
} as const satisfies Record<CallKind, string>;

/** A snapshot of a call. Only its beginning has a time of its own; figures are final when it is saved. */
export function readCallRecord(kind: CallKind, { source, body, warnings }: Reading): BareDraft {
  const record = callRecord.parse(body);
  const final = kind === "call-saved";
  const started = readMoment(record.call_date, source);
  const { disposition, warnings: ofCallback } = readDisposition(record, source, final);
  const campaign = labelOf(source, "campaign", record.camp_id)?.label;
  return {
    type: types[kind],
    vendorEvent: kind,
    subject: subjects.call(record.call_id),
    callId: record.call_id,
    time: kind === "call-created" && started.at !== undefined ? { at: started.at, from: "vendor" } : undefined,
    data: {
      call: { ...readCall(record, source, final), startedAt: started.at },
      agent: { id: record.agent_id },
      customer: { id: record.lead_id, accountId: record.account_id, phone: readNationalPhone(record.phone, source) },
      list: { id: record.pool_id },
      campaign: { id: record.camp_id, name: campaign, label: campaign },
      queue: { position: record.position !== undefined && worthOf(record.position) > 0 ? record.position : undefined },
      disposition,
    },
    warnings: [...warnings, ...started.warnings, ...ofCallback],
  };
}
