import * as z from "zod";
import { deleteToken, readToken } from "../../log/tokens.ts";
import { operation, Refusal } from "../operation.ts";
import { deedOf } from "../people/deed.ts";
import { hashToken, showToken, tokenView } from "./view.ts";

/** `DELETE /api/tokens/:id` */
export const endToken = operation({
  who: "admin",
  summary: "Ends a named token, at once",
  takes: { params: z.object({ id: z.string() }) },
  gives: tokenView,
  refusals: ["not_found"],
  run: async ({ params: { id }, env, now, caller }) => {
    const token = await readToken(env.LOG, id);
    if (token === undefined) return noToken;
    const deed = deedOf(caller, "token.deleted", `tokens/${id} ${token.name}`, { before: await hashToken(token) });
    return (await deleteToken(env.LOG, id, deed, now)) ? showToken(token) : noToken;
  },
});

const noToken = new Refusal("not_found", "No token has this id; it is what stands between the first two _ of a token.");
