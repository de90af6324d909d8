import * as z from "zod";
import { type Status, status } from "../../events/classes.ts";
import type { KindDraft } from "../../events/draft.ts";
import { subjects } from "../../events/subject.ts";
import { readRecord } from "../../events/values/read.ts";
import { labelOf, type SourceSettings } from "../source-settings.ts";
import { anything, id, readFields, seconds, text } from "../values/fields.ts";
import type { EnvelopeContent } from "./envelope.ts";
import { frame } from "./frame.ts";
import { readAgent } from "./people.ts";
import { readMoment } from "./times.ts";
import { statusOf } from "./words.ts";

export const agentStatusSchema = z.object({
  id: id("0", "-1"),
  name: text,
  email: text,
  extension: text,
  status: anything,
  activity_timestamp: anything,
});

export const statusSchema = z.object({ current: text, previous: text, previous_duration: seconds });

export function normalizeAgentStatus(content: EnvelopeContent): KindDraft {
  const fields = readFields(agentStatusSchema, content.members);
  const words = readFields(statusSchema, readRecord(fields.status) ?? { current: fields.status });
  const agent = readAgent(content.members);
  const activity = fields.activity_timestamp ?? content.activityTimestamp;
  const readable = readMoment(activity, content.source) !== undefined;
  const time = readable ? activity : content.timestamp;
  return {
    ...frame(content, time, [activity]),
    type: "agent.status_changed",
    subject: subjects.agent(agent),
    data: {
      agent,
      tenant: content.tenant,
      status: {
        current: classOf(content.source, words.current),
        currentLabel: words.current,
        previous: classOf(content.source, words.previous),
        previousLabel: words.previous,
        previousSeconds: words.previous_duration,
      },
    },
  };
}

/** The class that the tenant gives a word, else the plain meaning of it. */
function classOf(source: SourceSettings, word: string | undefined): Status | undefined {
  return status.safeParse(labelOf(source, "status", word)?.outcome).data ?? statusOf(word);
}
