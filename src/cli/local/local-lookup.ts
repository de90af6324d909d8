import { type Lookup, lookupIn } from "../../platform/lookup.ts";
import { demoSecrets } from "../demo/documents.ts";
import { readDevVars } from "./dev-vars.ts";

/** The secrets that the relay on this machine would find: in the environment, in .dev.vars, or the demo's. */
export function localLookup(): Lookup {
  return lookupIn({
    ...demoSecrets,
    RELAY_KEY: "made at the first start",
    ...readDevVars().values,
    ...process.env,
    ALLOW_PRIVATE_DESTINATIONS: "true",
  });
}
