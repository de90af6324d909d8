import type { Caller } from "../../api/people/role.ts";
import { assetPath } from "../assets/serve.ts";
import type { Clock } from "./clock.ts";
import { Document } from "./document.tsx";
import { Navigation } from "./navigation.tsx";
import type { View } from "./page.ts";

interface Props {
  readonly view: View;
  readonly caller: Caller;
  readonly url: URL;
  readonly clock: Clock;
  readonly nonce: string;
}

/** A page in its frame: where one is, where one can go, the search box, and who one is. */
export function Frame({ view: { title, body, refreshSeconds }, caller, url, clock, nonce }: Props) {
  return (
    <Document title={title} nonce={nonce}>
      <body>
        <a class="skip" href="#main">
          Skip to the page
        </a>
        <header class="top">
          <a class="brand" href="/dashboard">
            <img src={assetPath("mark.svg")} alt="" width="20" height="20" />
            hookswitch
          </a>
          {caller.role === "receiver" ? null : (
            <Search query={url.pathname === "/dashboard/events" ? url : undefined} />
          )}
          <Self caller={caller} />
        </header>
        <details class="menu">
          <summary>Pages</summary>
          <Navigation caller={caller} path={url.pathname} />
        </details>
        <div class="side">
          <Navigation caller={caller} path={url.pathname} />
        </div>
        <main id="main" tabindex={-1} data-refresh={refreshSeconds}>
          {body}
        </main>
        <footer class="foot">
          <span data-zone={clock.isKnown ? "known" : "unknown"}>
            Times are {clock.zone}; each one says UTC when it is pointed at.
          </span>
          <span class="keys">
            <kbd>?</kbd> keys
          </span>
        </footer>
      </body>
    </Document>
  );
}

function Search({ query }: { readonly query: URL | undefined }) {
  return (
    <search class="search">
      <form action="/dashboard/events">
        <input
          type="search"
          name="q"
          aria-label="Search by any id"
          placeholder="Any id: event, receipt, request, call …"
          value={query?.searchParams.get("q") ?? ""}
          maxlength={512}
          autocomplete="off"
          spellcheck={false}
          data-key="/"
        />
      </form>
    </search>
  );
}

/** Who one is, and the way out. Access knows no end of one session alone. */
function Self({ caller: { name, role, by } }: { readonly caller: Caller }) {
  const ends = by === "access" ? "ends your session with Cloudflare Access, for all that it lets you into" : undefined;
  return (
    <form class="self" method="post" action="/dashboard/sign-out">
      <span title={`role: ${role}`}>{name === role ? name : `${name} · ${role}`}</span>
      <button type="submit" class="quiet" title={ends}>
        Sign out
      </button>
    </form>
  );
}
