import { Hono } from "hono";
import { html } from "hono/html";
import type { SecureHeadersVariables } from "hono/secure-headers";
import type * as z from "zod";
import { version } from "../../version.ts";
import type { Operation } from "../operation.ts";
import { pageHeaders } from "../page-headers.ts";
import { readingStyle } from "../reading-style.ts";
import type { Routes } from "../serve.ts";
import { type Described, describeInput, explainMember, toJsonSchema } from "./describe-schema.ts";
import { exampleOf } from "./example.ts";
import { nameOf } from "./openapi.ts";
import { placeOf } from "./place.ts";

const style = `${readingStyle}
  h2 { font-size: 1.25rem; margin: 4rem 0 0 }
  h3 { font: 1rem/1.7 ui-monospace, monospace; margin: 2.5rem 0 0 }
  small { font-weight: 400; opacity: 0.75 }
  nav { columns: 18rem; margin: 1rem 0 0; font-size: 0.9rem }
  nav b { display: block; break-after: avoid }
  nav a { display: block }
  dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: 0.2rem 1.5rem; margin: 0.5rem 0 0 }
  dt { font: 0.9rem/1.7 ui-monospace, monospace }
  dd { margin: 0 }
  pre { font: 0.9rem/1.6 ui-monospace, monospace; margin: 0.75rem 0 0 }
`;

/** `GET /api/docs`, for everybody: the operations, to be read by people. The page loads nothing and runs nothing. */
export function docsPage(routes: Routes) {
  const groups = Map.groupBy(Object.entries(routes), ([route]) => placeOf(route).resource);
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
    <p>Every request carries <code>Authorization: Bearer $TOKEN</code>: a named token, or the Worker's secret ADMIN_TOKEN. Each operation names the
    least role that may use it. Errors are RFC 9457 problem details, with a <code>code</code> and a sentence that helps.</p>
    <p>For programs: <a href="/api/openapi.json">/api/openapi.json</a>; for a Prometheus: <code>GET /metrics</code></p>
    <nav aria-label="Contents">${[...groups].map(([resource, operations]) => contents(resource, operations))}</nav>
    ${[...groups].map(
      ([resource, operations]) =>
        html`<h2 id="${resource}">${resource}</h2>${operations.map(([route, operation]) => section(route, operation))}`,
    )}
  </body>
</html>`);
    });
}

type Entry = readonly [route: string, operation: Operation];

function contents(resource: string, operations: readonly Entry[]) {
  return html`<b><a href="#${resource}">${resource}</a></b>${operations.map(
    ([route]) => html`<a href="#${nameOf(route)}">${route.replace("/api", "")}</a>`,
  )}`;
}

function section(route: string, { summary, who, takes, refusals }: Operation) {
  const { resource } = placeOf(route);
  const rows = [
    ...rowsOf(takes.params, resource, (name) => `:${name}`),
    ...rowsOf(takes.query, resource, (name) => `?${name}=`),
    ...bodyRows(takes.body, resource),
    ["role", `${who} at least`],
    ...(refusals.length === 0 ? [] : [["refuses", refusals.join(", ")]]),
  ];
  return html`<h3 id="${nameOf(route)}"><a href="#${nameOf(route)}">${route}</a></h3>
    <p>${summary}</p>
    <dl>${rows.map(([name, what]) => html`<dt>${name}</dt><dd>${what}</dd>`)}</dl>
    <pre>${curl(route, takes)}</pre>`;
}

function rowsOf(schema: z.ZodObject | undefined, resource: string, show: (name: string) => string): string[][] {
  return Object.entries(schema?.shape ?? {}).map(([name, part]) => [
    show(name),
    inWords(explainMember(name, toJsonSchema(part), resource)),
  ]);
}

function bodyRows(body: z.ZodType | undefined, resource: string): string[][] {
  if (body === undefined) return [];
  const { properties, description } = describeInput(body, resource);
  if (properties === undefined) return [["body", description ?? "JSON"]];
  const members: [string, Described | boolean][] = Object.entries(properties);
  return members.map(([name, member]) => [`"${name}":`, typeof member === "boolean" ? "" : inWords(member)]);
}

/** What it means, which words it may be, what it is unless it is said. */
function inWords({ description = "", enum: words, default: usual }: Described): string {
  return [
    description,
    ...(words === undefined ? [] : [`one of ${words.join(", ")}`]),
    ...(usual === undefined || typeof usual === "object" ? [] : [`${String(usual)} unless it is said`]),
  ]
    .filter((text) => text !== "")
    .join("; ");
}

/** A request to try. */
function curl(route: string, takes: Operation["takes"]): string {
  const { method, path, resource } = placeOf(route);
  const example = (name: string, part: z.ZodType) => exampleOf(explainMember(name, toJsonSchema(part), resource));
  const filled = Object.entries(takes.params?.shape ?? {}).reduce(
    (text, [name, part]) => text.replace(`:${name}`, encodeURIComponent(String(example(name, part)))),
    path,
  );
  const body = takes.body === undefined ? undefined : exampleOf(describeInput(takes.body, resource));
  return [
    'curl -H "Authorization: Bearer $TOKEN"',
    ...(method === "GET" || (method === "POST" && body !== undefined) ? [] : [`-X ${method}`]),
    `$RELAY${filled}`,
    ...(body === undefined ? [] : [`-d '${JSON.stringify(body)}'`]),
  ].join(" ");
}
