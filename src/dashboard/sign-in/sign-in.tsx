import type { Context } from "hono";
import { setCookie } from "hono/cookie";
import { identifyByToken } from "../../api/people/identify.ts";
import { noteFailedProof } from "../../api/people/note-failure.ts";
import { isFromHere } from "../../api/people/same-origin.ts";
import { openSession, SESSION_SECONDS, sessionCookieName } from "../../api/people/session.ts";
import { addressPart } from "../../platform/address-part.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { workOf } from "../../platform/work.ts";
import type { DashboardEnv } from "../page/env.ts";
import { readForm } from "../page/read-form.ts";
import { redeemLink } from "./link.ts";
import { returnPath } from "./return-path.ts";
import { SignInPage } from "./sign-in-page.tsx";

const WRONG = "This token is not known, or has ended.";
const TOO_OFTEN = "Too many tries with a wrong token came from this address. Try again in a minute.";
const NOT_HERE = "This form was not sent from the dashboard's own page. Try again.";
const USED_LINK = "This link has been used, or is older than five minutes. npm start prints a new one.";
const IN_CLEAR = "Sign in over https: a browser would send the session in the clear.";
/** A token, and where to go: whoever sends more is nobody who signs in, and the Worker's memory is small. */
const MAX_FORM_BYTES = 16_384;

/** `GET /dashboard/sign-in` */
export function showSignIn(c: Context<DashboardEnv>): Response | Promise<Response> {
  return answer(c, returnPath(c.req.query("to")), undefined, 200);
}

/** `POST /dashboard/sign-in`: opens a session with a token, or with the one-time link of a relay on this machine. */
export async function signIn(c: Context<DashboardEnv>): Promise<Response> {
  const form = await readForm(c.req.raw, MAX_FORM_BYTES);
  const { token = "", link = "", to } = form ?? {};
  const target = returnPath(to);
  if (form === undefined) return answer(c, target, NOT_HERE, 403);
  const cookie = sessionCookieName(c.req.url);
  if (cookie === undefined) return answer(c, target, IN_CLEAR, 403);
  if (!isFromHere(c.req.raw)) return answer(c, target, NOT_HERE, 403);
  const work = workOf(c);
  const presented = link === "" ? token.trim() : await redeemLink(link, new URL(c.req.url), work);
  const identity = presented === undefined ? undefined : await identifyByToken(presented, work);
  if (identity?.state === "refused") return answer(c, target, identity.detail, 503);
  if (presented === undefined || identity?.state !== "known") return fail(c, target, link === "" ? WRONG : USED_LINK);
  const session = await openSession(presented, identity.caller, work);
  if (session === undefined) return answer(c, target, undefined, 503);
  setCookie(c, cookie, session, {
    path: "/",
    httpOnly: true,
    secure: cookie.startsWith("__Host-"),
    sameSite: "Lax",
    maxAge: SESSION_SECONDS,
  });
  return c.redirect(target, 303);
}

/** Counted, logged and limited as a wrong token of the API is. */
async function fail(c: Context<DashboardEnv>, to: string, fault: string): Promise<Response> {
  const address = addressPart(c.req.header("cf-connecting-ip"));
  const limited = await noteFailedProof({ reason: "wrong_token", address }, workOf(c));
  return limited ? answer(c, to, TOO_OFTEN, 429) : answer(c, to, fault, 401);
}

async function answer(
  c: Context<DashboardEnv>,
  to: string,
  fault: string | undefined,
  status: 200 | 401 | 403 | 429 | 503,
): Promise<Response> {
  const isClosed = lookupIn(c.env)("RELAY_KEY") === undefined;
  return c.html(
    <SignInPage nonce={c.get("secureHeadersNonce") ?? ""} to={to} fault={fault} isClosed={isClosed} />,
    status,
  );
}
