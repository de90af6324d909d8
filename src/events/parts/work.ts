import * as z from "zod";
import { dispositionOutcome, status as statusClass } from "../classes.ts";
import { figure, instant, openId, part, personText, seconds, word } from "./scalar.ts";

const named = part({ id: openId, name: word, label: word });
export const client = named;
export const list = named;
export const campaign = named;
export const project = named;
export const tenant = named;

export const queue = part({ name: word, position: figure({ exclusiveMinimum: 0 }), flow: word });

export const interaction = part({ id: openId, channel: word });

export const disposition = part({
  id: openId,
  label: word,
  outcome: dispositionOutcome,
  outcomeLabel: word,
  comment: personText,
  callback: z.boolean(),
  callbackAt: instant,
  final: z.boolean(),
  revenue: figure(),
  levels: z.array(word),
});

export const status = part({
  current: statusClass,
  currentLabel: word,
  previous: statusClass,
  previousLabel: word,
  previousSeconds: seconds,
  reason: word,
});

export type Named = z.infer<typeof named>;
export type WorkQueue = z.infer<typeof queue>;
export type Interaction = z.infer<typeof interaction>;
export type Disposition = z.infer<typeof disposition>;
export type AgentStatus = z.infer<typeof status>;
