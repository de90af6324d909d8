import type { Json } from "../../events/json.ts";
import type { Reading } from "./envelope.ts";
import { readMoment, timeWarnings } from "./times.ts";

/** What every event has: its name, its time and its warnings. @param others times that were read besides */
export function frame(reading: Reading, time = reading.timestamp, others: readonly (Json | undefined)[] = []) {
  const at = readMoment(time, reading.source);
  return {
    vendorEvent: reading.vendorEvent,
    time: at === undefined ? undefined : { at, from: "vendor" as const },
    warnings: [...reading.warnings, ...timeWarnings([time, ...others], reading.source)],
  };
}
