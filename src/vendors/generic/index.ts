import type { Vendor } from "../vendor.ts";
import { normalize } from "./normalize.ts";

/** Any vendor whose webhooks no normalizer knows: they are proved, kept and delivered as they came. */
export const generic = {
  id: "generic",
  name: "Generic",
  steps: [
    "Have the sender POST its webhooks to the URL below; any word may follow as a kind: /call-ended.",
    "Have it send the key where it is said beside the URL.",
    "Its bodies are kept and delivered as they come, as vendor.unknown; the member generic of the source says where their id and time stand.",
  ],
  kinds: [],
  auth: [{ in: "header", name: "authorization" }],
  normalize,
} as const satisfies Vendor;
