import type { Vendor } from "../vendor.ts";
import { expectedOf } from "./expected.ts";
import { normalize } from "./normalize.ts";

/** Events name themselves; only the two legacy hooks may be named in the URL (developers.voiso.com/reference). */
export const voiso = {
  id: "voiso",
  name: "Voiso",
  kinds: ["call-notify", "call-outcome"],
  auth: [
    { in: "body", name: "secret" },
    { in: "body", name: "key" },
    { in: "header", name: "authorization" },
    { in: "query", name: "key" },
  ],
  normalize,
  expected: expectedOf,
} as const satisfies Vendor;
