import * as z from "zod";
import { openText } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import { type ApiRequest, operation } from "../operation.ts";
import { roles } from "./role.ts";

/** `GET /api/me` */
export const me = operation({
  who: "viewer",
  summary: "Who calls: name, role, and what proved them",
  takes: {},
  gives: z.object({
    name: openText,
    role: z.enum([...roles, "receiver"]),
    by: z.enum(["admin_token", "token", "access"]),
    destination: openText.optional().describe("the one that a receiver is bound to"),
    expires: z.iso.datetime().optional(),
  }),
  run: describe,
  receiver: describe,
});

async function describe({ caller: { expires, ...caller } }: ApiRequest) {
  return { ...caller, ...(expires === undefined ? {} : { expires: toInstant(expires) }) };
}
