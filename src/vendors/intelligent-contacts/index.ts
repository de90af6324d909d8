import { unknown, type Vendor } from "../vendor.ts";

export const intelligentContacts = {
  id: "intelligent-contacts",
  name: "Intelligent Contacts HCC",
  kinds: [],
  auth: [{ in: "header", name: "authorization" }],
  normalize: (webhook) => unknown(webhook, undefined),
} as const satisfies Vendor;
