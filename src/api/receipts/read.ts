import * as z from "zod";
import { operation, Refusal } from "../operation.ts";
import { tellReceipt, toldReceipt } from "./tell.ts";

/** `GET /api/receipts/:id` */
export const readReceipt = operation({
  who: "viewer",
  summary: "What became of an accepted webhook",
  takes: { params: z.object({ id: z.string() }) },
  gives: toldReceipt,
  refusals: ["not_found"],
  run: async ({ params: { id }, env, now }) => {
    const told = await tellReceipt(id, env, now);
    return told === "no_receipt" ? malformed : (told ?? nowhere);
  },
});

const malformed = new Refusal("not_found", "This is no receipt.");
/** Between two tries the queue may count a message in no backlog, so that acceptance is not denied. */
const nowhere = new Refusal(
  "not_found",
  "Nothing is known of this receipt: it was never given out, or is older than the log keeps, or waits between two tries.",
);
