/** The ETag of a document: its version, quoted. */
export function etagOf(version: string): string {
  return `"${version}"`;
}

/**
 * Whether a request may change what stands there: it has no `If-Match`, or one that names it. Cloudflare makes an ETag
 * weak when it compresses the answer, so a weak one counts like a strong one.
 * @param version undefined when nothing stands there
 */
export function mayChange(headers: Headers, version: string | undefined): boolean {
  const wanted = headers.get("if-match");
  if (wanted === null) return true;
  if (version === undefined) return false;
  const tags = wanted.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(etagOf(version));
}
