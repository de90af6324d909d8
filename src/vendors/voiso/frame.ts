import { IDENTITY_WINDOW } from "../../events/draft.ts";
import type { Json } from "../../events/json.ts";
import type { Reading } from "./envelope.ts";
import { readMoment, timeWarnings } from "./times.ts";

/**
 * What every event has: its name, its time, its warnings and what makes it the same event again.
 * The envelope has no event id; `marks` stand for one, and where one of them is missing the whole body does.
 */
export function frame(
  reading: Reading,
  marks: readonly (string | undefined)[],
  time = reading.timestamp,
  others: readonly (Json | undefined)[] = [],
) {
  const at = readMoment(time, reading.source);
  const known = marks.filter((mark) => mark !== undefined);
  return {
    vendorEvent: reading.vendorEvent,
    time: at === undefined ? undefined : { at, from: "vendor" as const },
    warnings: [...reading.warnings, ...timeWarnings([time, ...others], reading.source)],
    identity: [reading.tenant.id ?? "", reading.kind, ...(known.length === marks.length ? known : [reading.text])],
    window: IDENTITY_WINDOW,
  };
}
