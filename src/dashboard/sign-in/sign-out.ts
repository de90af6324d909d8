import type { Context } from "hono";
import { deleteCookie } from "hono/cookie";
import { isFromHere } from "../../api/people/same-origin.ts";
import { sessionCookieName } from "../../api/people/session.ts";
import type { DashboardEnv } from "../page/env.ts";
import { ACCESS_LOGOUT, isHeldByAccess } from "./access-logout.ts";

const SIGN_IN = "/dashboard/sign-in";

/** `POST /dashboard/sign-out`: forgets the session in this browser, and leads whom Access has let in to where its own ends. */
export function signOut(c: Context<DashboardEnv>): Response {
  if (!isFromHere(c.req.raw)) return c.redirect(SIGN_IN, 303);
  const cookie = sessionCookieName(c.req.url);
  if (cookie !== undefined) deleteCookie(c, cookie, { path: "/", secure: cookie.startsWith("__Host-") });
  return c.redirect(isHeldByAccess(c.req.raw, c.env) ? ACCESS_LOGOUT : SIGN_IN, 303);
}
