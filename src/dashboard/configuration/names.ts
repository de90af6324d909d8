import { Refusal } from "../../api/operation.ts";

/** That something cannot be called so. */
export const noName = new Refusal(
  "invalid_request",
  "The name: letters, digits, - and _, at most 64, a letter or digit first.",
);
