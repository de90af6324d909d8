import type { MiddlewareHandler } from "hono";
import { addressPart } from "../platform/address-part.ts";
import { failedTooOften, LIMITER_PERIOD_SECONDS } from "../platform/limit-failures.ts";
import { logLine } from "../platform/log-line.ts";
import { lookupIn } from "../platform/lookup.ts";
import { newRequestId } from "../platform/request-id.ts";
import { problem } from "../problem.ts";
import { administrator } from "./people/role.ts";
import type { ApiEnv } from "./serve.ts";

/** A longer text is no token, and is not worth hashing. */
const MAX_TOKEN_CHARACTERS = 1024;
const HOW =
  "Send the header `Authorization: Bearer <token>` with the token that the Worker has as its secret ADMIN_TOKEN.";
const TOO_OFTEN = "Too many requests without the right token came from this address.";

/**
 * Lets a request pass that carries the operator's token: `Authorization: Bearer <ADMIN_TOKEN>`. Whoever brings another is
 * counted by address, logged, and limited; the right token never is.
 */
export const authorize: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const [, presented = ""] = /^Bearer +(\S.*)$/i.exec(c.req.header("authorization") ?? "") ?? [];
  if (await isRight(presented, lookupIn(c.env)("ADMIN_TOKEN"))) {
    c.set("caller", administrator);
    return next();
  }
  const address = addressPart(c.req.header("cf-connecting-ip"));
  const limited = await failedTooOften(c.env, `api ${address}`);
  const instance = newRequestId();
  logLine("warn", "api.refused", {
    request: instance,
    reason: presented === "" ? "no_token" : "wrong_token",
    limited,
    address,
  });
  return limited
    ? problem("too_many_failures", instance, TOO_OFTEN, { "retry-after": String(LIMITER_PERIOD_SECONDS) })
    : problem("unauthorized", instance, HOW, { "www-authenticate": "Bearer" });
};

async function isRight(presented: string, token: string | undefined): Promise<boolean> {
  return token !== undefined && presented.length <= MAX_TOKEN_CHARACTERS && areSame(presented, token);
}

/** Compares in a time that does not tell where two texts differ, nor how long they are. */
async function areSame(left: string, right: string): Promise<boolean> {
  const digest = (text: string) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return crypto.subtle.timingSafeEqual(await digest(left), await digest(right));
}
