import { type Context, Hono } from "hono";
import { accepts } from "hono/accepts";
import { cors } from "hono/cors";
import { etag, RETAINED_304_HEADERS } from "hono/etag";
import { type SecureHeadersVariables, secureHeaders } from "hono/secure-headers";
import { publicUrlOf } from "../../config/public-url.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { newRequestId } from "../../platform/request-id.ts";
import { mendWord } from "../../platform/text/mend-word.ts";
import { problem } from "../../problem.ts";
import { pageHeaders } from "../page-headers.ts";
import { indexPage } from "./index-page.ts";
import { listing } from "./listing.ts";
import { published, publishedAt } from "./published.ts";

type SchemasEnv = { Bindings: Env; Variables: SecureHeadersVariables };

const PREFIX = "/schemas/";
const CACHED = { "cache-control": "public, max-age=3600" };
const ALLOWED = ["GET", "HEAD", "OPTIONS"];
/** They belong to an answer that it is still the same, too. */
const OF_OTHER_ORIGINS = [
  "access-control-allow-origin",
  "access-control-expose-headers",
  "cross-origin-resource-policy",
];
const MAX_AGE_SECONDS = 86_400;

/**
 * `GET /schemas`: what is published, for people and programs. `GET /schemas/…`: JSON Schemas of the events and of the two
 * documents, an example of each event, and an AsyncAPI document. They are for everybody, from everywhere, and tell nothing
 * of what is configured.
 */
export const schemas = new Hono<SchemasEnv>()
  .use("/schemas/*", secureHeaders({ crossOriginResourcePolicy: "cross-origin", referrerPolicy: "no-referrer" }))
  .use("/schemas/*", cors({ origin: "*", allowMethods: ALLOWED, exposeHeaders: ["etag"], maxAge: MAX_AGE_SECONDS }))
  .use("/schemas/*", etag({ retainedHeaders: [...RETAINED_304_HEADERS, ...OF_OTHER_ORIGINS] }))
  .get("/schemas", pageHeaders, (c) => {
    const supports = ["application/json", "text/html"];
    const wanted = accepts(c, { header: "Accept", supports, default: "application/json" });
    const headers = { ...CACHED, vary: "accept" };
    return wanted === "text/html"
      ? c.html(indexPage(originOf(c), c.get("secureHeadersNonce")), 200, headers)
      : c.json(listing(originOf(c)), 200, headers);
  })
  .get("/schemas/*", (c) => {
    const path = c.req.path.slice(PREFIX.length);
    const found = publishedAt(path);
    if (found === undefined) return problem("not_found", newRequestId(), whereItMayBe(path));
    const type = found.kind === "schema" ? "application/schema+json" : "application/json";
    return c.json(found.make(originOf(c)), 200, { "content-type": type, ...CACHED });
  })
  .all("/schemas/*", () => {
    const allow = ALLOWED.join(", ");
    return problem("method_not_allowed", newRequestId(), `Use one of ${allow}.`, { allow });
  });

/** Where the relay is reached: what is published names itself so. */
function originOf(c: Context<SchemasEnv>): string {
  return publicUrlOf(lookupIn(c.env), { origin: new URL(c.req.url).origin });
}

function whereItMayBe(path: string): string {
  const near = mendWord(
    path,
    published().map((document) => document.path),
  );
  const guess = near === undefined ? "" : ` Is ${PREFIX}${near} meant?`;
  return `Nothing that is published has this name.${guess} /schemas lists all that is.`;
}
