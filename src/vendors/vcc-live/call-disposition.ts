import * as z from "zod";
import { isObject, type JsonObject } from "../../events/json.ts";
import { subjects } from "../../events/subject.ts";
import { type Figure, worthOf } from "../../events/values/figure.ts";
import type { Kind } from "../kind.ts";
import { anything, figure, flag, text, texts } from "../values/fields.ts";
import { anyBody } from "./any-body.ts";
import { callable, customerOf } from "./customer.ts";
import { dispositionOf, expectedDisposition } from "./disposition.ts";
import { someId } from "./ids.ts";
import { distinct } from "./lists.ts";
import { has, readAs } from "./names.ts";
import { projectOf } from "./project.ts";
import { timesOf } from "./times.ts";
import { directionOf, isDirection } from "./words.ts";

/**
 * https://vcc.live/developers/webhook/async-webhook-requests/call-disposition
 * The mobile disposition's fields are not published; it is read by the same.
 */
const schema = z.object({
  agent_description: text,
  agentName: text,
  client_data: anything,
  closed: flag,
  create_time: text,
  destination: text,
  direction: text,
  disposition: anything,
  first_outbound_call_attempt: text,
  next_calldate: text,
  nextContactId: text,
  numberid: someId,
  phone_id: text,
  projectid: someId,
  projectName: text,
  source: text,
  sum_attempted_calls: figure,
  teamids: texts,
  timestamp: text,
  userid: someId,
  username: text,
  uuid: someId,
  call_start_time: text,
});
type Body = z.output<typeof schema>;

const tells = (body: JsonObject) => isObject(body.disposition) && has(body, "numberid");

export const callDisposition = {
  ...anyBody,
  schema,
  tells,
  words: { direction: isDirection },
  within: { disposition: expectedDisposition },
  // Both are when the disposition was set.
  window: { times: ["timestamp", "create_time"] },
  draft: ({ body: object, source }) => {
    const body = readAs(schema, object);
    const times = timesOf(source);
    const direction = directionOf(body.direction);
    const [from, to] = [callable(source, body.source), callable(source, body.destination)];
    const nextCallAt = times.read(body.next_calldate);
    const record = customerOf(source, body.numberid, body.client_data);
    const at = times.read(body.timestamp) ?? times.read(body.create_time);
    const data = {
      call: {
        id: body.uuid,
        direction,
        directionLabel: body.direction,
        from,
        to,
        startedAt: times.read(body.call_start_time),
      },
      agent: { id: body.userid, username: body.username, name: body.agentName, teamIds: distinct(body.teamids) },
      customer: {
        ...record,
        phone: reachable(direction === "inbound" ? from : direction === "outbound" ? to : undefined, record.phone),
        attempts: attemptsOf(body),
        firstAttemptAt: times.read(body.first_outbound_call_attempt),
        nextCallAt,
      },
      ...projectOf(source, body.projectid, body.projectName),
      disposition: dispositionOf(source, body.disposition, {
        comment: body.agent_description,
        nextCallAt,
        closed: body.closed,
      }),
    };
    return {
      type: "call.dispositioned",
      subject: subjects.call(body.uuid) ?? subjects.customer(body.projectid, body.numberid),
      callId: body.uuid,
      time: at === undefined ? undefined : { at, from: "vendor" },
      data,
      warnings: times.warnings(),
    };
  },
} as const satisfies Kind;

/** The number on the customer's side of the call, unless it is withheld and the record has one. */
function reachable(inCall: string | undefined, inRecord: string | undefined): string | undefined {
  return [inCall, inRecord].find((number) => number?.startsWith("+")) ?? inCall ?? inRecord;
}

function attemptsOf({ sum_attempted_calls: attempts }: Body): Figure | undefined {
  return attempts !== undefined && worthOf(attempts) >= 0 ? attempts : undefined;
}
