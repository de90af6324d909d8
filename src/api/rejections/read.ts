import * as z from "zod";
import { readRefusedRequest } from "../../log/counts/refused-requests.ts";
import { operation, Refusal } from "../operation.ts";
import { adviser, refusedRequest, viewRequest } from "./view.ts";

/** `GET /api/rejections/:id` */
export const readRejection = operation({
  who: "viewer",
  summary: "One refused request, by the id that its answer named as instance",
  takes: { params: z.object({ id: z.string() }) },
  gives: refusedRequest,
  refusals: ["not_found"],
  run: async ({ params: { id }, ...work }) => {
    const found = await readRefusedRequest(work.env.LOG, id);
    return found === undefined ? notKept : viewRequest(found, await adviser(work));
  },
});

const notKept = new Refusal(
  "not_found",
  "Nothing is kept of such a request: it was not refused, or is older than 7 days, or came when its source had too many.",
);
