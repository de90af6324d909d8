import type { KindDraft } from "../../events/draft.ts";
import type { JsonObject } from "../../events/json.ts";
import { subjects } from "../../events/subject.ts";
import { worthOf } from "../../events/values/figure.ts";
import type { Labelled } from "../expected.ts";
import type { Kind, Reading } from "../kind.ts";
import { labelOf } from "../source-settings.ts";
import { readFields } from "../values/fields.ts";
import { readMoment } from "../values/moment.ts";
import { readCall } from "./call.ts";
import { callRecord } from "./call-record.ts";
import { readDisposition } from "./disposition.ts";
import { readNationalPhone } from "./national-phone.ts";
import { directionOf, isFinalEvent } from "./words.ts";

type CallType = "call.started" | "call.hungup" | "call.completed";

/** The kind whose bodies are snapshots of a call. */
export function callKind(type: CallType): Kind {
  return {
    schema: callRecord,
    words: { call_type: (word) => directionOf(word) !== undefined, call_final_event: isFinalEvent },
    labels: labelsOf,
    // A snapshot says when its call began, so that another call's never reads alike.
    window: { times: ["call_date"] },
    draft: (reading) => draftOf(type, reading),
  };
}

/** Only the beginning of a call has a time of its own; figures are final when it is saved. */
function draftOf(type: CallType, { source, body }: Reading): KindDraft {
  const record = readFields(callRecord, body);
  const final = type === "call.completed";
  const started = readMoment(record.call_date, source);
  const { disposition, warnings: ofCallback } = readDisposition(record, source, final);
  const campaign = labelOf(source, "campaign", record.camp_id)?.label;
  return {
    type,
    subject: subjects.call(record.call_id),
    callId: record.call_id,
    time: type === "call.started" && started.at !== undefined ? { at: started.at, from: "vendor" } : undefined,
    data: {
      call: { ...readCall(record, source, final), startedAt: started.at },
      agent: { id: record.agent_id },
      customer: { id: record.lead_id, accountId: record.account_id, phone: readNationalPhone(record.phone, source) },
      list: { id: record.pool_id },
      campaign: { id: record.camp_id, name: campaign, label: campaign },
      queue: { position: record.position !== undefined && worthOf(record.position) > 0 ? record.position : undefined },
      disposition,
    },
    warnings: [...started.warnings, ...ofCallback],
  };
}

const labelled = callRecord.pick({ call_result: true, agent_disp: true, camp_id: true });

/** Results and dispositions are numbered by each instance for itself. */
function labelsOf(object: JsonObject): Labelled[] {
  const { call_result, agent_disp, camp_id } = readFields(labelled, object);
  return [
    { kind: "result", ids: [call_result], own: true },
    { kind: "disposition", ids: [agent_disp], own: true },
    { kind: "campaign", ids: [camp_id] },
  ];
}
