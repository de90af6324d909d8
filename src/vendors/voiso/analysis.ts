import * as z from "zod";
import type { KindDraft } from "../../events/draft.ts";
import { subjects } from "../../events/subject.ts";
import { readFigure, readRecord, readText } from "../../events/values/read.ts";
import { anything, id, readFields, text } from "../values/fields.ts";
import { readCall } from "./call.ts";
import type { EnvelopeContent } from "./envelope.ts";
import { frame } from "./frame.ts";

export const analysisSchema = z.object({
  id: id("0", "-1"),
  summary: text,
  score: anything,
  call: anything,
  agent: anything,
});

/** Speech Analytics: `id` is the analysis, the call stands below `call`. */
export function normalizeAnalysis(content: EnvelopeContent): KindDraft {
  const fields = readFields(analysisSchema, content.members);
  const { agent } = fields;
  const call = { ...(agent === undefined ? {} : { agent }), ...readRecord(fields.call) };
  const { parts, times } = readCall({ ...content, members: call }, true);
  const callId = parts.call.id;
  return {
    ...frame(content, content.timestamp, Object.values(times)),
    type: "call.analysis.available",
    subject: subjects.call(callId),
    callId,
    data: {
      call: parts.call,
      agent: parts.agent,
      customer: parts.customer,
      campaign: parts.campaign,
      tenant: parts.tenant,
      queue: parts.queue,
      analysis: {
        id: fields.id,
        summary: fields.summary,
        score: readFigure(fields.score),
        scoreLabel: readText(fields.score),
      },
    },
  };
}
