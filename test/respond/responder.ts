import type { Responder } from "../../src/config/responders.ts";
import { ivr } from "../../src/vendors/vcc-live/ivr.ts";

/** A responder of IVR steps, as a configuration makes it. */
export function aResponder(given: Partial<Responder> = {}): Responder {
  return {
    name: "ivr",
    kind: ivr,
    ask: "https://crm.example.com/ivr",
    secrets: [],
    headers: {},
    timeoutMs: 1500,
    record: false,
    ...given,
  };
}
