import { NONCE, secureHeaders } from "hono/secure-headers";

/** Headers of pages that load nothing and run nothing: their own styles are all that a browser may use. */
export const pageHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: [NONCE],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: "no-referrer",
});
