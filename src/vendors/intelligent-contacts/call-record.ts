import * as z from "zod";
import { figure, flag, id, seconds, text } from "../values/fields.ts";
import { moment } from "./moment.ts";

/** The record that Call Created, Call Ended and Call Saved carry alike; absent are -1, 0 for "nobody" and `""`. */
export const callRecord = z.object({
  call_id: id("0", "-1"),
  call_date: moment,
  lead_id: id("0", "-1"),
  call_result: id("-1"),
  agent_disp: id("-1"),
  agent_id: id("0", "-1"),
  call_type: text,
  revenue: figure,
  dnis: text,
  phone: text,
  camp_id: id("0", "-1"),
  pool_id: id("0", "-1"),
  account_id: text,
  call_duration: seconds,
  talk_time: seconds,
  hold_time: seconds,
  queue_time: seconds,
  ivr_time: seconds,
  position: figure,
  is_abandoned: flag,
  api_sent: flag,
  call_final_event: text,
  idle_time: seconds,
  wrap_time: seconds,
  preview_time: seconds,
  callback_time: moment,
  callback_call_id: id("0", "-1"),
  caller_id: text,
  onhold_queue: flag,
  internal: flag,
  billable_seconds: seconds,
});

export type CallRecord = z.infer<typeof callRecord>;
