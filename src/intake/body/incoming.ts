import { type Content, undoCoding } from "./content-coding.ts";
import { type RequestBody, readBody } from "./read-body.ts";

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
  readonly content: () => Promise<Content>;
}

/** Reads a request whole, whoever sent it: so the time it takes tells nothing of sources and keys. */
export async function readIncoming(request: Request, pathKey: string | undefined): Promise<Incoming> {
  const { method, headers } = request;
  const query = new URL(request.url).search.replace(/^\?/, "");
  const body = await readBody(request.body);
  let content: Promise<Content> | undefined;
  return {
    method,
    query,
    headers,
    pathKey,
    body,
    content: () => {
      content ??= undoCoding(body, headers);
      return content;
    },
  };
}
