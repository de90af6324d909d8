import type { Source } from "../../config/load-relay.ts";
import { unknown, type Vendor } from "../../vendors/vendor.ts";

const nobody: Vendor = {
  id: "nobody",
  name: "Nobody",
  kinds: [],
  auth: [{ in: "query" }, { in: "header" }, { in: "body" }, { in: "basic" }, { in: "path" }],
  normalize: (webhook) => unknown(webhook, undefined),
};

/** Stands in for a source that does not exist, so that asking for it takes the same path. It never proves anybody. */
export const decoy: Source = {
  id: "",
  vendor: nobody,
  auth: nobody.auth,
  keys: [{ name: "none", value: "none" }],
  encryption: [],
  scrub: [],
  onStoreError: "deny",
  storeTimeoutMs: 600,
  guard: { mode: "enforce", askTimeoutMs: 0 },
  responders: new Map(),
};
