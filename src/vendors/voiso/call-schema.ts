import * as z from "zod";
import { anything, id, seconds, text } from "../values/fields.ts";

export const durationSchema = z.object({
  total: seconds,
  queue_time: seconds,
  dialing_time: seconds,
  dialer_waiting: seconds,
  talk_time: seconds,
  hold_time: seconds,
  postcall_time: seconds,
});

/** The call object of the event pages (developers.voiso.com/reference/inbound-call-events and its neighbours). */
export const callSchema = z.object({
  id: id("0", "-1"),
  type: text,
  start_time: anything,
  agent_start_time: anything,
  end_time: anything,
  duration: anything,
  queue: anything,
  script: anything,
  calling_number: text,
  called_number: text,
  ext_user_id: id("0", "-1"),
  contacts_url: text,
  cdr_url: text,
  disposition: text,
  end_reason: text,
  wrap_up_code: anything,
  agent: anything,
  campaign: anything,
});

/** The flat body of Call Notify (developers.voiso.com/reference/call-notify). */
export const callNotifySchema = z.object({
  callcenter: text,
  type: text,
  uuid: id("0", "-1"),
  agent_extension: text,
  agent_name: text,
  agent_email: text,
  agent_id: id("0", "-1"),
  queue_name: text,
  script_name: text,
  call_start_time: anything,
  agent_start_time: anything,
  ani: text,
  dnis: text,
});

/** The flat body of Call Outcome Logging (developers.voiso.com/reference/call-outcome-logging). */
export const callOutcomeSchema = z.object({
  uuid: id("0", "-1"),
  agent_extension: text,
  start_time: anything,
  end_time: anything,
  type: text,
  duration: anything,
  disposition: text,
  ani: text,
  dnis: text,
  account_id: id("0", "-1"),
});

/** Every name of a call: what a call looked like in the first envelope is written nowhere, so any may come in any. */
export const anyCallSchema = z.object({
  ...callNotifySchema.shape,
  ...callOutcomeSchema.shape,
  ...callSchema.shape,
});

export type AnyCall = z.infer<typeof anyCallSchema>;
