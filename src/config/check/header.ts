/** Headers that are ours to set already, the connection's (RFC 9110, 7.6.1), or the platform's. */
const RESERVED: ReadonlySet<string> = new Set([
  "cdn-loop",
  "connection",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "traceparent",
  "transfer-encoding",
  "upgrade",
  "user-agent",
]);
const RESERVED_BEGINNINGS = ["ce-", "cf-", "content-", "proxy-", "webhook-"];

/** Why a header of this name cannot be sent beside the others; undefined when it can. */
export function explainHeader(name: string, names: readonly string[]): string | undefined {
  const plain = name.toLowerCase();
  const isReserved = RESERVED.has(plain) || RESERVED_BEGINNINGS.some((beginning) => plain.startsWith(beginning));
  if (isReserved) return "this header is ours to set, or the connection's";
  const twice = names.filter((other) => other.toLowerCase() === plain).length > 1;
  return twice ? "this header stands there twice, in different letters" : undefined;
}
