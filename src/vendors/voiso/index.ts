import { unknown, type Vendor } from "../vendor.ts";

export const voiso = {
  id: "voiso",
  name: "Voiso",
  kinds: [],
  auth: [{ in: "header", name: "authorization" }],
  normalize: (webhook) => unknown(webhook, undefined),
} as const satisfies Vendor;
