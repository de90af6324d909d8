export { NotAnEvent, parse } from "./parse.js";
export { VerificationError, verify } from "./verify.js";
