import type { MiddlewareHandler } from "hono";
import { addressPart } from "../platform/address-part.ts";
import { LIMITER_PERIOD_SECONDS } from "../platform/limit-failures.ts";
import { logLine } from "../platform/log-line.ts";
import { newRequestId } from "../platform/request-id.ts";
import { workOf } from "../platform/work.ts";
import { problem } from "../problem.ts";
import { identify } from "./people/identify.ts";
import { noteFailedProof } from "./people/note-failure.ts";
import type { ApiEnv } from "./serve.ts";

const HOW =
  "Send the header `Authorization: Bearer <token>` with a named token, or with the one that the Worker has as its secret ADMIN_TOKEN.";
const TOO_OFTEN = "Too many requests without the right token came from this address.";

/**
 * Lets a request pass that proves who calls: by `ADMIN_TOKEN`, by a named token, or by Cloudflare Access. All others are
 * counted by address, logged, and limited; the right token never is.
 */
export const authorize: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const work = workOf(c);
  const identity = await identify(c.req.raw, work);
  if (identity.state === "known") {
    c.set("caller", identity.caller);
    return next();
  }
  const instance = newRequestId();
  const address = addressPart(c.req.header("cf-connecting-ip"));
  if (identity.state === "refused") {
    logLine("warn", "api.refused", { request: instance, reason: identity.code, address });
    return problem(identity.code, instance, identity.detail);
  }
  const { reason } = identity;
  return (await noteFailedProof({ reason, address, request: instance }, work))
    ? problem("too_many_failures", instance, TOO_OFTEN, { "retry-after": String(LIMITER_PERIOD_SECONDS) })
    : problem("unauthorized", instance, HOW, { "www-authenticate": "Bearer" });
};
