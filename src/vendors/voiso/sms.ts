import type { KindDraft } from "../../events/draft.ts";
import { subjects } from "../../events/subject.ts";
import type { readCall } from "./call.ts";
import type { frame } from "./frame.ts";

/** A text message that Call Outcome Logging reports in the words of a call. */
export function normalizeSms(parts: ReturnType<typeof readCall>["parts"], common: ReturnType<typeof frame>): KindDraft {
  const { call, agent, customer, tenant } = parts;
  return {
    ...common,
    type: "message.updated",
    subject: subjects.message(call.id),
    data: {
      agent,
      customer,
      tenant,
      message: {
        id: call.id,
        channel: "sms",
        direction: call.direction,
        from: call.from,
        to: call.to === undefined ? undefined : [call.to],
        status: call.outcomeLabel,
        sentAt: call.startedAt,
        updatedAt: call.endedAt,
      },
    },
  };
}
