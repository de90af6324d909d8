import type { Json } from "../../events/json.ts";
import type { Call } from "../../events/parts/call.ts";
import type { Compliance } from "../../events/parts/compliance.ts";
import type { Agent, Customer } from "../../events/parts/people.ts";
import { phoneOf } from "../source-settings.ts";
import { readFields } from "../values/fields.ts";
import { type AnyCall, anyCallSchema } from "./call-schema.ts";
import { readDurations } from "./durations.ts";
import type { EnvelopeContent } from "./envelope.ts";
import { readAgent, readCampaign, readName } from "./people.ts";
import { readMoment } from "./times.ts";
import { blockOf, directionOf, enderOf, normalizeWord, outcomeOf } from "./words.ts";
import { readWrapUp } from "./wrap-up.ts";

/** The times of a call, as sent. */
export interface CallTimes {
  readonly started: Json | undefined;
  readonly agent: Json | undefined;
  readonly ended: Json | undefined;
}

/**
 * The parts of an event about a call. `final`: whether the figures of the call are.
 * Where the call does not name its type, the event does (`inbound.call.hangup`).
 */
export function readCall(content: EnvelopeContent, final: boolean) {
  const { source, tenant } = content;
  const fields = readFields(anyCallSchema, content.members);
  const type = fields.type ?? /^(inbound|outbound|dialer)\./.exec(content.kind)?.[1];
  const times: CallTimes = {
    started: fields.start_time ?? fields.call_start_time,
    agent: fields.agent_start_time,
    ended: fields.end_time,
  };
  const call: Call = {
    id: fields.id ?? fields.uuid,
    direction: directionOf(type),
    directionLabel: type,
    from: phoneOf(source, fields.calling_number ?? fields.ani, "international"),
    to: phoneOf(source, fields.called_number ?? fields.dnis, "international"),
    startedAt: readMoment(times.started, source),
    agentAt: readMoment(times.agent, source),
    endedAt: readMoment(times.ended, source),
    durations: readDurations(fields.duration, final),
    ...readEnd(fields),
    url: fields.cdr_url,
  };
  return {
    times,
    parts: {
      call,
      agent: readCallAgent(fields),
      customer: readCustomer(fields, call),
      campaign: readCampaign(fields.campaign, source),
      tenant: { id: tenant.id, name: fields.callcenter },
      queue: {
        name: readName(fields.queue) ?? fields.queue_name,
        flow: readName(fields.script) ?? fields.script_name,
      },
      disposition: readWrapUp(fields.wrap_up_code, source),
      compliance: readCompliance(fields),
    },
  };
}

function readEnd(fields: AnyCall): Call {
  return {
    outcome: ruleOf(fields) === undefined ? outcomeOf(fields.disposition) : "blocked",
    outcomeLabel: fields.disposition,
    endReason: fields.end_reason,
    endedBy: enderOf(fields.end_reason),
  };
}

function readCallAgent(fields: AnyCall): Agent {
  const agent = readAgent(fields.agent);
  return {
    id: agent.id ?? fields.agent_id,
    name: agent.name ?? fields.agent_name,
    email: agent.email ?? fields.agent_email,
    extension: agent.extension ?? fields.agent_extension,
  };
}

function readCustomer(fields: AnyCall, call: Call): Customer {
  const phones = { inbound: call.from, outbound: call.to, internal: undefined };
  return {
    externalId: fields.ext_user_id ?? fields.account_id,
    phone: call.direction === undefined ? undefined : phones[call.direction],
    url: fields.contacts_url,
  };
}

/** Some blocks are told by the end reason, some by the disposition alone (`system_reject`). */
function ruleOf(fields: AnyCall) {
  return blockOf(fields.end_reason) ?? blockOf(fields.disposition);
}

function readCompliance(fields: AnyCall): Compliance | undefined {
  const rule = ruleOf(fields);
  if (rule === undefined) return undefined;
  const word = blockOf(fields.end_reason) === undefined ? fields.disposition : fields.end_reason;
  return { rule, reason: normalizeWord(word), reasonLabel: word };
}
