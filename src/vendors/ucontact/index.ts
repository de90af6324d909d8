import { unknown, type Vendor } from "../vendor.ts";

export const ucontact = {
  id: "ucontact",
  name: "uContact",
  kinds: [],
  auth: [{ in: "header", name: "authorization" }],
  normalize: (webhook) => unknown(webhook, undefined),
} as const satisfies Vendor;
