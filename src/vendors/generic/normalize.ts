import type { Draft } from "../../events/draft.ts";
import type { Json } from "../../events/json.ts";
import { subjects } from "../../events/subject.ts";
import type { Mapping, SourceSettings } from "../source-settings.ts";
import { isTime, readMoment } from "../values/moment.ts";
import { emptiness, type Webhook } from "../vendor.ts";
import { windowOf } from "../windows.ts";
import { fillPaths, textAt } from "./path.ts";
import { readExact } from "./time.ts";

/** Frames a webhook that only its receivers understand: its name, its time and how long it is the same event. */
export function normalize(webhook: Webhook, source: SourceSettings): Draft {
  const { body, kind: inUrl } = webhook;
  const { generic = {} } = source;
  const kind = textAt(body, generic.event) ?? inUrl;
  const callId = textAt(body, generic.callId);
  const empty = emptiness(body);
  const { at, warnings } = readMoment(textAt(body, generic.time), source, (written) =>
    readExact(written, generic.timeFormat),
  );
  return {
    type: "vendor.unknown",
    vendorEvent: kind ?? "unknown",
    subject: fillPaths(body, generic.subject) ?? subjects.call(callId),
    callId,
    time: at === undefined ? undefined : { at, from: "vendor" },
    data: {},
    warnings: [...(empty === undefined ? [] : [empty]), ...warnings],
    kind: kind ?? "",
    windowMs: windowIn(body, generic),
  };
}

/** The mapping names the members that tell one event from a later one that reads alike. */
function windowIn(body: Json, { id, time, timeFormat }: Mapping): number {
  return windowOf(
    { times: time === undefined ? [] : [time], ids: id === undefined ? [] : [id] },
    {
      hasTime: (path) => isTime(textAt(body, path), (written) => readExact(written, timeFormat)),
      hasId: (path) => textAt(body, path) !== undefined,
    },
  );
}
