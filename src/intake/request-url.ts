/** What the URL of a request says. */
export interface RequestUrl {
  readonly origin: string;
  readonly pathname: string;
  /** Without `?`. */
  readonly query: string;
}

/** A URL in which a parser would change nothing: no dot segments, no escapes in its path, no default port. */
const PLAIN =
  /^(https?:\/\/[a-z0-9.-]+(?::(?!80\b|443\b)\d+)?)((?:\/(?!\.)[\w.~!$&()*+,;=:@-]*)+)(?:\?([\x21\x24-\x26\x28-\x3b\x3d\x3f-\x7e]*))?$/;

/** Reads the URL of a request as `new URL` does, for a fraction of it where there is nothing to mend. */
export function readRequestUrl(url: string): RequestUrl {
  const plain = PLAIN.exec(url);
  if (plain !== null) {
    const [, origin = "", pathname = "", query = ""] = plain;
    return { origin, pathname, query };
  }
  const { origin, pathname, search } = new URL(url);
  return { origin, pathname, query: search.slice(1) };
}
