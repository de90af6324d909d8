import type { Json } from "../../events/json.ts";
import type { EnvelopeContent } from "./envelope.ts";
import { readMoment, timeWarnings } from "./times.ts";

/** What every event has: its time and its warnings. @param others times that were read besides */
export function frame(content: EnvelopeContent, time = content.timestamp, others: readonly (Json | undefined)[] = []) {
  const at = readMoment(time, content.source);
  return {
    time: at === undefined ? undefined : { at, from: "vendor" as const },
    warnings: [...content.warnings, ...timeWarnings([time, ...others], content.source)],
  };
}
