import { unknown, type Vendor } from "../vendor.ts";

export const vccLive = {
  id: "vcc-live",
  name: "VCC Live",
  kinds: [],
  auth: [{ in: "header", name: "authorization" }],
  normalize: (webhook) => unknown(webhook, undefined),
} as const satisfies Vendor;
