import type { MiddlewareHandler } from "hono";
import { identify } from "../../api/people/identify.ts";
import { addressPart } from "../../platform/address-part.ts";
import { logLine } from "../../platform/log-line.ts";
import { workOf } from "../../platform/work.ts";
import { ACCESS_LOGOUT, isHeldByAccess } from "../sign-in/access-logout.ts";
import { signInPath } from "../sign-in/return-path.ts";
import type { DashboardEnv } from "./env.ts";
import { Problem } from "./problem.tsx";

/** What may be asked for again once somebody has signed in. */
const READING = ["GET", "HEAD"];

/** Lets those pass who have signed in; all others are asked to, and then go to the page that they wanted. */
export const admit: MiddlewareHandler<DashboardEnv> = async (c, next) => {
  const identity = await identify(c.req.raw, workOf(c));
  if (identity.state === "known") {
    c.set("caller", identity.caller);
    return next();
  }
  if (identity.state === "refused") {
    logLine("warn", "api.refused", { reason: identity.code, address: addressPart(c.req.header("cf-connecting-ip")) });
    const nonce = c.get("secureHeadersNonce") ?? "";
    const to = identity.code === "forbidden" && isHeldByAccess(c.req.raw, c.env) ? signOutOfAccess : undefined;
    return c.html(Problem({ title: "Not let in", detail: identity.detail, nonce, to }), 403);
  }
  if (!READING.includes(c.req.method))
    return c.html(Problem({ ...signedOut, nonce: c.get("secureHeadersNonce") ?? "" }), 401);
  const { pathname, search } = new URL(c.req.url);
  return c.redirect(signInPath(`${pathname}${search}`), 303);
};

/** Whom Access has signed in, and nobody knows here, may come as somebody else. */
const signOutOfAccess = { path: ACCESS_LOGOUT, name: "Sign out of Cloudflare Access" };

/** What somebody wrote in a form is still in this page: led away from it, it would be lost. */
const signedOut = {
  title: "You are signed out",
  detail: "Nothing was changed. Sign in in another tab, then reload this page: the browser sends again what you wrote.",
  to: { path: "/dashboard/sign-in", name: "Sign in, in another tab", isBeside: true },
};
