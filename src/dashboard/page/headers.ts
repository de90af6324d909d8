import type { Context } from "hono";
import { NONCE, secureHeaders } from "hono/secure-headers";
import { accessSettings } from "../../config/access-settings.ts";
import { lookupIn } from "../../platform/lookup.ts";

/** Headers of the dashboard's pages: only its own files are loaded, each by its nonce, and nothing is sent elsewhere. */
export const dashboardHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: [NONCE, "'strict-dynamic'"],
    styleSrc: [NONCE],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: [formTargets],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["hookswitch"],
  },
  referrerPolicy: "same-origin",
});

/**
 * Where a form may lead: here, and to where Cloudflare Access has people sign in and out. It redirects there when one signs
 * out, and when its session has ended before a form is sent, and some browsers follow no redirect that this does not name.
 */
function formTargets(c: Context): string {
  return ["'self'", accessSettings(lookupIn(c.env))?.issuer ?? []].flat().join(" ");
}
