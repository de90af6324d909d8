import type { Vendor } from "../vendor.ts";
import { expectedOf } from "./expected.ts";
import { kinds } from "./kinds.ts";
import { normalize } from "./normalize.ts";

/** Webhooks of the Hosted Contact Center: no body names its event, so each has a URL of its own. */
export const intelligentContacts = {
  id: "intelligent-contacts",
  name: "Intelligent Contacts HCC",
  kinds,
  auth: [{ in: "header", name: "x-api-key" }],
  normalize,
  expected: expectedOf,
} as const satisfies Vendor;
