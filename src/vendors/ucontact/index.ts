import type { Vendor } from "../vendor.ts";
import { expectedOf } from "./expected.ts";
import { kinds } from "./kinds.ts";
import { normalize } from "./normalize.ts";

/** uContact's event notification webhooks: the body names its kind, the URL may. */
export const ucontact = {
  id: "ucontact",
  name: "uContact",
  kinds,
  auth: [{ in: "query", name: "key" }],
  normalize,
  expected: expectedOf,
} as const satisfies Vendor;
