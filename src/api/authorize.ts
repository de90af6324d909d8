import type { MiddlewareHandler } from "hono";
import { ulid } from "ulid";
import { lookupIn } from "../config/reference.ts";
import { problem } from "../problem.ts";

/** Lets a request pass that carries the operator's token: `Authorization: Bearer <ADMIN_TOKEN>`. */
export const authorize: MiddlewareHandler<{ Bindings: Env }> = async (c, next) => {
  const token = lookupIn(c.env)("ADMIN_TOKEN");
  const [, presented = ""] = /^Bearer +(\S.*)$/i.exec(c.req.header("authorization") ?? "") ?? [];
  const same = await areSame(presented, token ?? "");
  if (token === undefined || !same) {
    return problem("unauthorized", `req_${ulid()}`, undefined, { "www-authenticate": "Bearer" });
  }
  return next();
};

/** Compares in a time that does not tell where two texts differ, nor how long they are. */
async function areSame(left: string, right: string): Promise<boolean> {
  const digest = (text: string) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return crypto.subtle.timingSafeEqual(await digest(left), await digest(right));
}
