import type { Vendor } from "../vendor.ts";
import { normalize } from "./normalize.ts";

/** Any vendor whose webhooks no normalizer knows: they are proved, kept and delivered as they came. */
export const generic = {
  id: "generic",
  name: "Generic",
  kinds: [],
  auth: [{ in: "header", name: "authorization" }],
  normalize,
} as const satisfies Vendor;
