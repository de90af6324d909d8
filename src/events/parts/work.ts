import * as z from "zod";
import { dispositionOutcome, status as statusClass } from "../classes.ts";
import { figure, id, instant, part, seconds, text } from "./scalar.ts";

const named = part({ id, name: text, label: text });
export const client = named;
export const list = named;
export const campaign = named;
export const project = named;
export const tenant = named;

export const queue = part({ name: text, position: figure({ exclusiveMinimum: 0 }), flow: text });

export const interaction = part({ id, channel: text });

export const disposition = part({
  id,
  label: text,
  outcome: dispositionOutcome,
  outcomeLabel: text,
  comment: text,
  callback: z.boolean(),
  callbackAt: instant,
  final: z.boolean(),
  revenue: figure(),
  levels: z.array(text),
});

export const status = part({
  current: statusClass,
  currentLabel: text,
  previous: statusClass,
  previousLabel: text,
  previousSeconds: seconds,
  reason: text,
});

export type Named = z.infer<typeof named>;
export type WorkQueue = z.infer<typeof queue>;
export type Interaction = z.infer<typeof interaction>;
export type Disposition = z.infer<typeof disposition>;
export type AgentStatus = z.infer<typeof status>;
