import { type Draft, IDENTITY_WINDOW, type Warning } from "../../events/draft.ts";
import { isObject, type Json } from "../../events/json.ts";
import { subjects } from "../../events/subject.ts";
import { readMoment } from "../moment.ts";
import type { SourceSettings, Webhook } from "../vendor.ts";
import { fillPaths, textAt } from "./path.ts";
import { readExact } from "./time.ts";

/** Frames a webhook that only its receivers understand: its name, its time and what makes it the same event again. */
export function normalize(webhook: Webhook, source: SourceSettings): Draft {
  const { body, kind, text } = webhook;
  const { generic = {} } = source;
  const vendorEvent = textAt(body, generic.event) ?? kind ?? "unknown";
  const id = textAt(body, generic.id);
  const callId = textAt(body, generic.callId);
  const { at, warnings } = readMoment(textAt(body, generic.time), source, (written) =>
    readExact(written, generic.timeFormat),
  );
  return {
    type: "vendor.unknown",
    vendorEvent,
    subject: fillPaths(body, generic.subject) ?? subjects.call(callId),
    callId,
    time: at === undefined ? undefined : { at, from: "vendor" },
    data: {},
    warnings: [...shapeWarnings(body), ...warnings],
    // An id may be that of a call, which several events are about.
    identity: [vendorEvent, id ?? text],
    window: IDENTITY_WINDOW,
  };
}

function shapeWarnings(body: Json): Warning[] {
  if (body === null || body === "") return ["empty_body"];
  if (!isObject(body)) return ["not_an_object"];
  return Object.keys(body).length === 0 ? ["empty_body"] : [];
}
