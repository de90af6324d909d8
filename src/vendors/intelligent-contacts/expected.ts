import { isObject, type JsonObject } from "../../events/json.ts";
import { cutWord } from "../../events/values/read.ts";
import type { Expected, ExpectedBody, Labelled } from "../expected.ts";
import type { WebhookContent } from "../vendor.ts";
import { callRecord } from "./call-record.ts";
import { isKind, kindByBody } from "./kinds.ts";
import { unwrap } from "./normalize.ts";
import { regFRecord } from "./reg-f.ts";
import { directionOf, enders, outcomes } from "./words.ts";

/** Words of the queue log that decide nothing. */
const UNDECIDED = new Set(["ENTERQUEUE", "EXITEMPTY", "EXITWITHKEY", "EXITWITHTIMEOUT", "RINGCANCELED"]);

const call: Expected = {
  schema: callRecord,
  words: {
    call_type: (word) => directionOf(word) !== undefined,
    call_final_event: (word) => outcomes.has(word) || enders.has(word) || UNDECIDED.has(word),
  },
  labels: callLabels,
};

const regF: Expected = {
  schema: regFRecord,
  // The only code that the manual prints.
  words: { reason: (word) => /^(RF:\s*)?communication_limits$/i.test(cutWord(word)) },
};

/** What is expected of a body of the kind in its URL, else of the one that it looks like. */
export function expectedOf(webhook: WebhookContent): ExpectedBody | undefined {
  if (!isObject(webhook.body)) return undefined;
  const body = unwrap(webhook.body);
  const kind = webhook.kind ?? kindByBody(body);
  return isKind(kind) ? { body, expected: kind === "reg-f" ? regF : call } : undefined;
}

/** Results and dispositions are numbered by each instance for itself. */
function callLabels(object: JsonObject): Labelled[] {
  const { call_result, agent_disp, camp_id } = callRecord.parse(object);
  return [
    { kind: "result", ids: [call_result], own: true },
    { kind: "disposition", ids: [agent_disp], own: true },
    { kind: "campaign", ids: [camp_id] },
  ];
}
