import { outcome as outcomeClass } from "../../events/classes.ts";
import type { Call, Durations } from "../../events/parts/call.ts";
import { type Figure, knownFigure } from "../../events/values/figure.ts";
import { type Label, labelOf, type SourceSettings } from "../source-settings.ts";
import type { CallRecord } from "./call-record.ts";
import { readNationalPhone } from "./national-phone.ts";
import { directionOf, enders, outcomes } from "./words.ts";

/** The call of a record but for its start. @param final whether its figures are: before, zero means "not known yet" */
export function readCall(record: CallRecord, source: SourceSettings, final: boolean): Call {
  const result = labelOf(source, "result", record.call_result);
  return {
    id: record.call_id,
    ...readDirection(record, source),
    durations: readDurations(record, final),
    ...readOutcome(record, result),
    resultId: record.call_result,
    resultLabel: result?.label,
    endReason: record.call_final_event,
    endedBy: enders.get(record.call_final_event ?? ""),
  };
}

/** `phone` is the lead's number and `caller_id` the one shown to the lead, so which is `from` depends on the direction. */
function readDirection(record: CallRecord, source: SourceSettings): Call {
  const said = directionOf(record.call_type);
  const [phone, shown, dialed] = [record.phone, record.caller_id, record.dnis].map((text) =>
    readNationalPhone(text, source),
  );
  const ends = {
    outbound: { from: shown, to: phone ?? dialed },
    inbound: { from: phone ?? shown, to: dialed },
    internal: { from: shown, to: dialed },
  };
  return {
    direction: record.internal ? "internal" : said,
    directionLabel: record.call_type,
    ...(said === undefined ? {} : ends[said]),
  };
}

/** The tenant's own reading of the result comes first; abandoning and the queue's last word come after it. */
function readOutcome(record: CallRecord, result: Label | undefined): Call {
  const given = outcomeClass.safeParse(result?.outcome).data;
  if (given !== undefined) return { outcome: given, outcomeLabel: result?.label };
  const word = record.call_final_event;
  const told = outcomes.get(word ?? "");
  if (record.is_abandoned) return { outcome: "abandoned", outcomeLabel: word };
  return told === undefined ? {} : { outcome: told, outcomeLabel: word };
}

function readDurations(record: CallRecord, final: boolean): Durations {
  const known = (figure: Figure | undefined) => knownFigure(figure, final);
  return {
    total: known(record.call_duration),
    queue: known(record.queue_time),
    ivr: known(record.ivr_time),
    preview: known(record.preview_time),
    talk: known(record.talk_time),
    hold: known(record.hold_time),
    wrap: known(record.wrap_time),
    idle: known(record.idle_time),
    billable: known(record.billable_seconds),
  };
}
