export type * from "./events.ts";
export { NotAnEvent, parse } from "./parse.ts";
export { type Delivery, type Reason, type Received, VerificationError, verify } from "./verify.ts";
