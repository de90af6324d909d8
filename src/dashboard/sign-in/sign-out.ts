import type { Context } from "hono";
import { deleteCookie } from "hono/cookie";
import { isFromHere } from "../../api/people/same-origin.ts";
import { sessionCookieName } from "../../api/people/session.ts";
import type { DashboardEnv } from "../page/env.ts";

/** `POST /dashboard/sign-out`: forgets the session in this browser. */
export function signOut(c: Context<DashboardEnv>): Response {
  const cookie = sessionCookieName(c.req.url);
  if (cookie !== undefined && isFromHere(c.req.raw)) {
    deleteCookie(c, cookie, { path: "/", secure: cookie.startsWith("__Host-") });
  }
  return c.redirect("/dashboard/sign-in", 303);
}
