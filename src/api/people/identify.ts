import { accessSettings } from "../../config/access-settings.ts";
import { loadRelay } from "../../config/load-relay.ts";
import { sha256 } from "../../platform/digest.ts";
import { lookupIn } from "../../platform/lookup.ts";
import type { Work } from "../../platform/work.ts";
import { accessRole } from "./access-role.ts";
import { proveAccess } from "./prove-access.ts";
import { type Proved, proveToken } from "./prove-token.ts";
import { administrator, type Caller } from "./role.ts";
import { isFromHere } from "./same-origin.ts";
import { proveSession } from "./session.ts";
import { tokenIdIn } from "./token-text.ts";

/**
 * Who calls. *unproved*: nothing was brought that proves anybody, for whatever reason; *refused*: somebody is proved, or
 * may be, and all the same not let in.
 */
export type Identity =
  | { readonly state: "known"; readonly caller: Caller }
  | { readonly state: "unproved"; readonly reason: "no_token" | "wrong_token" | "wrong_assertion" }
  | {
      readonly state: "refused";
      readonly code: "forbidden" | "log_unreadable" | "not_ready";
      readonly detail: string;
    };

const logUnreadable: Identity = {
  state: "refused",
  code: "log_unreadable",
  detail: "The log cannot be read at the moment, which knows the named tokens; the one in ADMIN_TOKEN works.",
};
const foreign = forbidden("Without a Bearer token only the relay's own pages may change anything.");
/** A longer text is no token, and is not worth hashing. */
const MAX_TOKEN_CHARACTERS = 1024;
/** What Access puts into its assertion may be long: groups. */
const MAX_ASSERTION_CHARACTERS = 16_384;

/**
 * Who calls: whoever brings `ADMIN_TOKEN` or a named token as Bearer, else who has signed in to the dashboard, else whom
 * Cloudflare Access names. A Bearer counts alone, right or wrong. Never rejects.
 */
export async function identify(request: Request, work: Work): Promise<Identity> {
  const [, presented = ""] = /^Bearer +(\S.*)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  if (presented !== "") return identifyByToken(presented, work);
  const session = await proveSession(request, work);
  if (session !== "unknown") return toIdentity(session, request);
  const assertion = request.headers.get("cf-access-jwt-assertion") ?? "";
  return assertion === "" ? { state: "unproved", reason: "no_token" } : byAccess(assertion, request, work);
}

/** Whose token a text is, `ADMIN_TOKEN` or a named one. Never rejects. */
export async function identifyByToken(presented: string, work: Work): Promise<Identity> {
  const wrong = { state: "unproved", reason: "wrong_token" } as const;
  if (presented.length > MAX_TOKEN_CHARACTERS) return wrong;
  const admin = lookupIn(work.env)("ADMIN_TOKEN");
  if (admin !== undefined && (await areSame(presented, admin))) return { state: "known", caller: administrator };
  const id = tokenIdIn(presented);
  const proved = id === undefined ? "unknown" : await proveToken(id, presented, work);
  if (proved === "unknown") return wrong;
  return proved === "unreadable" ? logUnreadable : { state: "known", ...proved };
}

/** What a browser holds of somebody it may send by itself. */
function toIdentity(proved: Exclude<Proved, "unknown">, request: Request): Identity {
  if (proved === "unreadable") return logUnreadable;
  return isFromHere(request) ? { state: "known", ...proved } : foreign;
}

async function byAccess(assertion: string, request: Request, work: Work): Promise<Identity> {
  const settings = accessSettings(lookupIn(work.env));
  // Without the two variables nobody can tell whose assertion it is.
  if (settings === undefined) return { state: "unproved", reason: "no_token" };
  const visitor = assertion.length > MAX_ASSERTION_CHARACTERS ? "wrong" : await proveAccess(assertion, settings);
  if (visitor === "wrong") return { state: "unproved", reason: "wrong_assertion" };
  if (visitor === "unreadable") return notReady("The keys of Cloudflare Access cannot be read at the moment.");
  const loaded = await loadRelay(work);
  if (loaded.state !== "ready") return notReady("No configuration can be read at the moment.");
  const role = accessRole(visitor, loaded.value.access ?? {});
  if (role === undefined)
    return forbidden("Cloudflare Access has signed you in, but the configuration's access names no role for you.");
  if (!isFromHere(request)) return foreign;
  return { state: "known", caller: { name: visitor.name, role, by: "access", expires: visitor.expires } };
}

function notReady(detail: string): Identity {
  return { state: "refused", code: "not_ready", detail };
}

function forbidden(detail: string): Identity {
  return { state: "refused", code: "forbidden", detail };
}

/** Compares in a time that does not tell where two texts differ, nor how long they are. */
async function areSame(left: string, right: string): Promise<boolean> {
  return crypto.subtle.timingSafeEqual(await sha256(left), await sha256(right));
}
