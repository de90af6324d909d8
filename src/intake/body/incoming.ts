import { type Content, undoCoding } from "./content-coding.ts";
import { type RequestBody, readBody } from "./read-body.ts";
import { type BodyText, readBodyText } from "./read-json.ts";

/** A request as it came: nothing of it is proved or understood yet. */
export interface Incoming {
  readonly method: string;
  /** The query string without `?`. */
  readonly query: string;
  readonly headers: Headers;
  /** The key in a path of the form `/in/:source/-/:key`. */
  readonly pathKey: string | undefined;
  /** The body as it was sent. */
  readonly body: RequestBody;
  /** The body without its content coding, which is undone when somebody asks, and once. */
  readonly content: () => Content | Promise<Content>;
  /** The same as text, and the JSON that it is, if it is any; read when somebody asks, and once. */
  readonly text: () => Promise<ContentText>;
}

/** A body as text, or why there is none. */
export type ContentText =
  | (BodyText & { readonly state: "whole" })
  | { readonly state: Exclude<Content["state"], "whole"> };

/** Reads a request whole, whoever sent it: so the time it takes tells nothing of sources and keys. */
export async function readIncoming(request: Request, query: string, pathKey: string | undefined): Promise<Incoming> {
  const { method, headers } = request;
  const body = await readBody(request);
  let whole: Content | Promise<Content> | undefined;
  let read: Promise<ContentText> | undefined;
  const content = () => {
    whole ??= undoCoding(body, headers);
    return whole;
  };
  const readText = async (): Promise<ContentText> => {
    const there = await content();
    return there.state === "whole"
      ? { state: "whole", ...readBodyText(there.bytes, () => typeOf({ headers })) }
      : there;
  };
  return {
    method,
    query,
    headers,
    pathKey,
    body,
    content,
    text: () => {
      read ??= readText();
      return read;
    },
  };
}

/** The content type as the request says it; empty where it says none. */
export function typeOf({ headers }: Pick<Incoming, "headers">): string {
  return headers.get("content-type")?.trim() ?? "";
}
