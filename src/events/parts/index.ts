import { answer } from "./answer.ts";
import { call } from "./call.ts";
import { compliance } from "./compliance.ts";
import { incident } from "./incident.ts";
import { login } from "./login.ts";
import { analysis, recording } from "./media.ts";
import { conversation, message } from "./message.ts";
import { payment } from "./payment.ts";
import { agent, customer, user } from "./people.ts";
import { ticket } from "./ticket.ts";
import { campaign, client, disposition, interaction, list, project, queue, status, tenant } from "./work.ts";

/** Every part that an event's `data` can have, by its name there. */
export const parts = {
  call,
  interaction,
  agent,
  customer,
  client,
  list,
  campaign,
  project,
  tenant,
  queue,
  disposition,
  status,
  message,
  conversation,
  ticket,
  payment,
  user,
  compliance,
  recording,
  analysis,
  login,
  answer,
  incident,
} as const;

export type PartName = keyof typeof parts;
