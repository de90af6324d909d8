import type { JsonObject } from "../../events/json.ts";
import { enclosedBody } from "../envelope.ts";
import { readFlat } from "../kind.ts";
import { readByKind } from "../read-by-kind.ts";
import { isTime } from "../values/moment.ts";
import type { Vendor } from "../vendor.ts";
import { kindByBody, kinds } from "./kinds.ts";
import { readWritten } from "./moment.ts";

/** Webhooks of the Hosted Contact Center: no body names its event, so each has a URL of its own. */
export const intelligentContacts = {
  id: "intelligent-contacts",
  name: "Intelligent Contacts HCC",
  steps: [
    "Webhooks, Access Setup: make an API Key Authentication with the Authentication Key Name x-api-key, the key as API Key, and the Header Location Header.",
    "Webhooks, Webhook Settings: make one for each event, with the Request Method POST and that Authorization Configuration.",
    "Paste the URL of that event below as its Webhook Target URL.",
  ],
  screen: "Webhooks, Webhook Settings: Webhook Target URL",
  kinds: Object.keys(kinds),
  kindInUrl: true,
  auth: [{ in: "header", name: "x-api-key" }],
  call: {
    record: "call.completed",
    steps: [
      { type: "call.hungup", needs: "call.started" },
      { type: "call.completed", needs: "call.started" },
      { type: "call.completed", needs: "call.hungup" },
    ],
  },
  ...readByKind({
    kinds,
    // What a body looks like only checks the kind in the URL.
    told: (body) => [kindByBody(body)].flatMap((kind) => kind ?? []),
    unwrap,
    remark: (fault, mismatch) => (fault === "unknown_kind" ? [fault] : [...mismatch, fault]),
    read: readFlat((body) => ({ hasTime: (name) => isTime(readWritten(body[name])) })),
  }),
} as const satisfies Vendor;

/** The vendor's log shows bodies in an envelope; should they come so, the inside counts. */
function unwrap(body: JsonObject): JsonObject {
  const isRecord = Object.hasOwn(body, "call_id") || Object.hasOwn(body, "reason");
  return isRecord ? body : (enclosedBody(body) ?? body);
}
