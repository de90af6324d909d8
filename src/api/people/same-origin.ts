/** What changes nothing. */
const READING = ["GET", "HEAD", "OPTIONS"];

/**
 * Whether a request that a browser may have sent by itself, with what it holds of somebody, may do what it asks for: all
 * may read; only the relay's own pages may change anything.
 */
export function isFromHere({ method, headers, url }: Pick<Request, "method" | "headers" | "url">): boolean {
  if (READING.includes(method)) return true;
  const site = headers.get("sec-fetch-site");
  return site === null ? headers.get("origin") === new URL(url).origin : site === "same-origin";
}
