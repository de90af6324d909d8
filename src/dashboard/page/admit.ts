import type { MiddlewareHandler } from "hono";
import { identify } from "../../api/people/identify.ts";
import { addressPart } from "../../platform/address-part.ts";
import { logLine } from "../../platform/log-line.ts";
import { workOf } from "../../platform/work.ts";
import { signInPath } from "../sign-in/return-path.ts";
import type { DashboardEnv } from "./env.ts";
import { Problem } from "./problem.tsx";

/** Lets those pass who have signed in; all others are asked to, and then go to the page that they wanted. */
export const admit: MiddlewareHandler<DashboardEnv> = async (c, next) => {
  const identity = await identify(c.req.raw, workOf(c));
  if (identity.state === "known") {
    c.set("caller", identity.caller);
    return next();
  }
  if (identity.state === "refused") {
    logLine("warn", "api.refused", { reason: identity.code, address: addressPart(c.req.header("cf-connecting-ip")) });
    return c.html(
      Problem({ title: "Not let in", detail: identity.detail, nonce: c.get("secureHeadersNonce") ?? "" }),
      403,
    );
  }
  const { pathname, search } = new URL(c.req.url);
  return c.redirect(signInPath(c.req.method === "GET" ? `${pathname}${search}` : "/dashboard"), 303);
};
