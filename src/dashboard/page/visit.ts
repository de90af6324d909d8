import type { Context } from "hono";
import type * as z from "zod";
import { askAs, askForDocument, type ToldDocument } from "../../api/ask.ts";
import type { Operation, Refusal } from "../../api/operation.ts";
import type { Caller } from "../../api/people/role.ts";
import { workOf } from "../../platform/work.ts";
import { type Clock, clockOf } from "./clock.ts";
import type { DashboardEnv } from "./env.ts";

/** What `browser/refresh.ts` says when it looks for news. */
const RENEWAL = "x-renewal";

/** What an operation is handed. */
export interface Parts {
  readonly params?: object | undefined;
  readonly query?: object | undefined;
  /** A text is sent as it is. */
  readonly body?: unknown;
  /** The version that a document must still have. */
  readonly ifMatch?: string | undefined;
}

/** One request for a page: who came, to which address, and what they may be told. */
export interface Visit {
  readonly caller: Caller;
  readonly url: URL;
  /** What the path names, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** What the address asks for; a parameter that is empty counts as none. */
  readonly query: Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** The browser has the page, and looks for news of it: what does not change need not be asked for again. */
  readonly isRenewal: boolean;
  /** Asks the API, as the one who came: what they may not do is refused, and what they may not see is not there. */
  readonly ask: <G extends z.ZodType>(operation: Operation<G>, parts?: Parts) => Promise<z.output<G> | Refusal>;
  /** The same of a document, of which the text is wanted as it was written. */
  readonly read: (operation: Operation, parts?: Parts) => Promise<ToldDocument | Refusal>;
}

/** A page is asked for. */
export function visitOf(c: Context<DashboardEnv>): Visit {
  const work = workOf(c);
  const url = new URL(c.req.url);
  const caller = c.get("caller");
  const asker = { ...work, caller };
  return {
    caller,
    url,
    params: c.req.param(),
    query: Object.fromEntries([...url.searchParams].filter(([, value]) => value.trim() !== "")),
    isRenewal: c.req.header(RENEWAL) !== undefined,
    clock: clockOf(c.req.header("cookie") ?? "", work.now),
    ask: (operation, parts = {}) =>
      askAs({ operation, parts: sent(parts) }, { ...asker, headers: headersOf(c, parts) }),
    read: (operation, parts = {}) =>
      askForDocument({ operation, parts: sent(parts) }, { ...asker, headers: headersOf(c, parts) }),
  };
}

function sent({ params = {}, query = {}, body = {} }: Parts) {
  return { params, query: named(query), body };
}

function headersOf(c: Context<DashboardEnv>, { ifMatch }: Parts): Headers {
  const headers = new Headers(c.req.raw.headers);
  if (ifMatch !== undefined) headers.set("if-match", `"${ifMatch}"`);
  return headers;
}

/** As a query has it: texts, and no parameter that is empty. */
function named(query: object): Record<string, string> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
