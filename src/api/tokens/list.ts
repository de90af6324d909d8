import * as z from "zod";
import { listTokens } from "../../log/tokens.ts";
import { operation } from "../operation.ts";
import { showToken, tokenView } from "./view.ts";

/** `GET /api/tokens` */
export const readTokens = operation({
  who: "admin",
  summary: "All named tokens, by name; none of them shows its secret",
  takes: {},
  gives: z.object({ items: z.array(tokenView) }),
  run: async ({ env }) => ({ items: (await listTokens(env.LOG)).map(showToken) }),
});
