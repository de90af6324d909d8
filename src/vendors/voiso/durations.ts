import type { Json } from "../../events/json.ts";
import type { Durations } from "../../events/parts/call.ts";
import { type Figure, knownFigure } from "../../events/values/figure.ts";
import { readRecord } from "../../events/values/read.ts";
import { readFields } from "../values/fields.ts";
import { durationSchema } from "./call-schema.ts";

/** An object of figures, or in Call Outcome Logging the total alone. Until the figures are final a zero is none. */
export function readDurations(value: Json | undefined, final: boolean): Durations {
  const sent = readFields(durationSchema, readRecord(value) ?? { total: value });
  const figure = (sent: Figure | undefined) => knownFigure(sent, final);
  return {
    total: figure(sent.total),
    queue: figure(sent.queue_time),
    dialing: figure(sent.dialing_time),
    waiting: figure(sent.dialer_waiting),
    talk: figure(sent.talk_time),
    hold: figure(sent.hold_time),
    wrap: figure(sent.postcall_time),
  };
}
