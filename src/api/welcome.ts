import { Hono } from "hono";
import { html } from "hono/html";
import type { SecureHeadersVariables } from "hono/secure-headers";
import { version } from "../version.ts";
import { pageHeaders } from "./page-headers.ts";

const style = `
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
  body { max-width: 42rem; margin: 10vh auto; padding: 0 1.5rem }
  h1 { font-size: 1.75rem; margin: 0; letter-spacing: -0.02em }
  small { font-weight: 400; opacity: 0.55 }
  p { margin: 0.25rem 0 2.5rem; opacity: 0.75 }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.6rem 2rem; margin: 0 }
  dt { font: 0.95rem/1.7 ui-monospace, monospace }
  dd { margin: 0; opacity: 0.75 }
`;

const places = [
  ["/in/<source>[/<kind>]", "where vendors send their webhooks and ask their login questions"],
  ["/dashboard", "what happens, what needs somebody, and what to do about it", "/dashboard"],
  ["/health", "whether the relay works", "/health"],
  ["/api/docs", "the operator's API, described", "/api/docs"],
  ["/api/ledger", "what became of every webhook (bearer token)"],
  ["/schemas", "the events that your systems receive, the configuration and the permissions, described", "/schemas"],
] as const;

/** `GET /`: what this is and where things are. Tells nothing of what is configured. */
export const welcome = new Hono<{ Variables: SecureHeadersVariables }>().use("/", pageHeaders).get("/", (c) =>
  c.html(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>hookswitch</title>
    <style nonce="${c.get("secureHeadersNonce")}">${style}</style>
  </head>
  <body>
    <h1>hookswitch <small>${version}</small></h1>
    <p>The edge relay for contact-center webhooks.</p>
    <dl>
      ${places.map(
        ([path, what, link]) =>
          html`<dt>${link === undefined ? path : html`<a href="${link}">${path}</a>`}</dt><dd>${what}</dd>`,
      )}
    </dl>
  </body>
</html>`),
);
