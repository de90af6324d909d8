import type { HtmlEscapedString } from "hono/utils/html";
import type { Admitted } from "./admitted.ts";
import type { Visit } from "./visit.ts";

/** What is put into a page: JSX, or nothing. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What a page shows. */
export interface View {
  readonly title: string;
  readonly body: Markup;
  /** HTTP status, 200 unless given. */
  readonly status?: 200 | 403 | 404 | 405 | 409 | 412 | 422 | 503 | undefined;
  /** How often a browser with script looks for news, seconds; never unless given. */
  readonly refreshSeconds?: number | undefined;
}

/** A page: a view of what the API's operations tell. */
export interface Page {
  /** As Hono writes a path, below `/dashboard`. */
  readonly path: string;
  readonly who: Admitted;
  readonly show: (visit: Visit) => Promise<View | Response>;
}

/** What a form does: an operation of the API, and where it leads. */
export interface Action {
  /** As Hono writes a path, below `/dashboard`. */
  readonly path: string;
  readonly who: Admitted;
  readonly act: (visit: Visit, form: Form) => Promise<View | Response>;
}

/** The fields of a form that were filled in; of one that was sent more than once, the last. */
export type Form = Readonly<Record<string, string>>;
