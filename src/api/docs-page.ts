import { Hono } from "hono";
import { html } from "hono/html";
import type { SecureHeadersVariables } from "hono/secure-headers";
import * as z from "zod";
import { version } from "../version.ts";
import type { Operation } from "./operation.ts";
import { pageHeaders } from "./page-headers.ts";
import type { Routes } from "./serve.ts";

const style = `
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
  body { max-width: 48rem; margin: 4rem auto; padding: 0 1.5rem }
  h1 { font-size: 1.75rem; margin: 0; letter-spacing: -0.02em }
  h2 { font: 1rem/1.7 ui-monospace, monospace; margin: 2.5rem 0 0 }
  small { font-weight: 400; opacity: 0.55 }
  p { margin: 0.25rem 0; opacity: 0.75 }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1.5rem; margin: 0.5rem 0 0 }
  dt { font: 0.9rem/1.7 ui-monospace, monospace }
  dd { margin: 0; opacity: 0.75 }
`;

/** `GET /api/docs`: the operations, to be read by people. The page loads nothing and runs nothing. */
export function docsPage(routes: Routes) {
  return new Hono<{ Bindings: Env; Variables: SecureHeadersVariables }>()
    .use("/api/docs", pageHeaders)
    .get("/api/docs", (c) => {
      c.header("cache-control", "no-store");
      return c.html(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>hookswitch: the operator's API</title>
    <style nonce="${c.get("secureHeadersNonce")}">${style}</style>
  </head>
  <body>
    <h1>The operator's API <small>hookswitch ${version}</small></h1>
    <p>Every request carries <code>Authorization: Bearer &lt;ADMIN_TOKEN&gt;</code>. Errors are RFC 9457 problem details.</p>
    <p>For programs: <a href="/api/openapi.json">/api/openapi.json</a></p>
    ${Object.entries(routes).map(([route, operation]) => section(route, operation))}
  </body>
</html>`);
    });
}

function section(route: string, { summary, takes, refusals }: Operation) {
  const rows = [
    ...rowsOf(takes.query, (name) => `?${name}=`),
    ...rowsOf(takes.body, (name) => `"${name}":`),
    ...(refusals.length === 0 ? [] : [["refuses", refusals.join(", ")]]),
  ];
  return html`<h2>${route}</h2>
    <p>${summary}</p>
    <dl>${rows.map(([name, what]) => html`<dt>${name}</dt><dd>${what}</dd>`)}</dl>`;
}

function rowsOf(schema: z.ZodType | undefined, show: (name: string) => string): [string, string][] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).map(([name, part]: [string, z.ZodType]) => [show(name), part.description ?? ""]);
}
