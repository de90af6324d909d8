import * as z from "zod";
import type { KindDraft } from "../../events/draft.ts";
import { subjects } from "../../events/subject.ts";
import type { Reading } from "../kind.ts";
import { phoneOf } from "../source-settings.ts";
import { readFields, text } from "../values/fields.ts";
import { readCampaign } from "./campaign.ts";
import { frame } from "./frame.ts";
import { agentOf, common } from "./people.ts";

export const agentRingNoAnswer = z.object({ ...common, callerIdNum: text, campaign: text, guid: text });

/**
 * An agent let a call ring too long. The call goes on, perhaps to another agent, so nothing is said of its outcome;
 * the same call unanswered by two agents makes two events.
 */
export function readRingNoAnswer(reading: Reading): KindDraft {
  const body = readFields(agentRingNoAnswer, reading.body);
  const { campaign, direction } = readCampaign(body.campaign, reading.source);
  const phone = phoneOf(reading.source, body.callerIdNum, "international");
  const agent = agentOf(body);
  // The number that calls; whose it is where the campaign dials out, the manual does not say.
  const customer = direction.direction === "outbound" ? {} : { phone };
  return {
    ...frame(reading, body.date),
    type: "agent.ring_no_answer",
    subject: subjects.interaction(body.guid) ?? subjects.agent(agent),
    callId: body.guid,
    data: { agent, call: { id: body.guid, ...direction, from: phone }, customer, campaign },
  };
}
