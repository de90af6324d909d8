import { readByKind } from "../read-by-kind.ts";
import type { Vendor } from "../vendor.ts";
import { readBodyKind } from "./envelope.ts";
import { expectedOf } from "./expected.ts";
import { kinds, spell } from "./kinds.ts";
import { readContent } from "./read-content.ts";
import { legacyKind } from "./shape.ts";

/** Events name themselves; only the two legacy hooks may be named in the URL (developers.voiso.com/reference). */
export const voiso = {
  id: "voiso",
  name: "Voiso",
  steps: [
    "Open the page Webhooks (Pro plan; recordings: Pro Plus) and make one webhook for all events.",
    "Paste the URL below as Endpoint URL, and the key as secret: Voiso sends it in every body, and it is taken out before anything is stored.",
    "Choose all events that you want.",
    "Leave the two older hooks of System Settings off: with both on, every call is told twice.",
  ],
  screen: "Webhooks: Endpoint URL; the older hooks: System Settings",
  kinds: ["call-notify", "call-outcome"],
  auth: [
    { in: "body", name: "secret" },
    { in: "body", name: "key" },
    { in: "header", name: "authorization" },
    { in: "query", name: "key" },
  ],
  call: {
    record: "call.completed",
    steps: [
      { type: "call.hungup", needs: "call.answered", ifAnswered: true },
      { type: "call.completed", needs: "call.answered", ifAnswered: true },
      // The legacy hooks tell of no hang-up.
      { type: "call.completed", needs: "call.hungup", unless: ["call-outcome"] },
      { type: "call.recording.available", needs: "call.completed" },
      { type: "call.analysis.available", needs: "call.completed" },
    ],
  },
  ...readByKind({
    kinds,
    told: (body) => [readBodyKind(body) ?? legacyKind(body)].flatMap((word) => word ?? []),
    spell,
    eventName: (word) => word,
    remark: (fault, mismatch) => [fault, ...mismatch],
    read: readContent,
    expect: expectedOf,
  }),
} as const satisfies Vendor;
