import { html } from "hono/html";
import { meanings } from "../../events/meanings.ts";
import { eventTypes } from "../../events/types.ts";
import { version } from "../../version.ts";
import { readingStyle } from "../reading-style.ts";
import { type Published, published } from "./published.ts";

const style = `${readingStyle}
  h2 { font-size: 1.25rem; margin: 3rem 0 0 }
  h3 { font: 1rem/1.7 ui-monospace, monospace; margin: 2rem 0 0 }
  small { font-weight: 400; opacity: 0.75 }
  pre { font: 0.85rem/1.5 ui-monospace, monospace; margin: 0.5rem 0 }
`;

/**
 * `GET /schemas` for people: what is published, with an example of each event. The page loads nothing and runs nothing.
 * @param publicUrl where the relay is reached
 * @param nonce of its styles
 */
export function indexPage(publicUrl: string, nonce: string | undefined) {
  const documents = published();
  const general = documents.filter(({ type }) => type === undefined);
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>hookswitch: schemas</title>
    <style nonce="${nonce}">${style}</style>
  </head>
  <body>
    <h1>Schemas <small>hookswitch ${version}</small></h1>
    <p>JSON Schemas (2020-12) of the events that your systems receive, and of the relay's two documents. Each part has a
    name and stands once, so that generators make classes of them. This list for programs: ask for
    <code>application/json</code>.</p>
    <h2>All</h2>
    ${general.map(({ path, about }) => html`<p>${linkTo(path)} <small>${about}</small></p>`)}
    <p><a href="/api/openapi.json">/api/openapi.json</a> <small>the operator's API, with the events as webhooks</small></p>
    <h2>Events</h2>
    ${eventTypes.map((type) => {
      const own = documents.filter((document) => document.type === type);
      return html`<h3 id="${type}"><a href="#${type}">${type}</a></h3>
    <p>${meanings[type]}</p>
    <p>${own.map(({ path }) => html`${linkTo(path)} `)}</p>
    ${own.filter(({ kind }) => kind === "example").map((example) => shown(example, publicUrl))}`;
    })}
  </body>
</html>`;
}

function linkTo(path: string) {
  return html`<a href="/schemas/${path}">${path}</a>`;
}

function shown({ type, make }: Published, publicUrl: string) {
  return html`<details><summary>an example of ${type}</summary><pre>${JSON.stringify(make(publicUrl), undefined, 2)}</pre></details>`;
}
