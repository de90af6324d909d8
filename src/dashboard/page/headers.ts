import { NONCE, secureHeaders } from "hono/secure-headers";

/** Headers of the dashboard's pages: only its own files are loaded, each by its nonce, and nothing is sent elsewhere. */
export const dashboardHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: [NONCE, "'strict-dynamic'"],
    styleSrc: [NONCE],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["hookswitch"],
  },
  referrerPolicy: "same-origin",
});
