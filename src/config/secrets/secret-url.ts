/** Stands where a secret is not shown. */
export const HIDDEN = "***";

/** What stands after it before an @ is a user and a password. */
const SCHEME = /^[a-z][a-z0-9+.-]*:[/\\]*/i;

/** A URL as it is shown: the values of its query as `***`, and a user and password, should it have them. */
export function hideUrl(url: string): string {
  const { before, parts, after } = split(hideUser(url));
  return join(
    before,
    parts.map((part) => `${part.head}${part.value === "" ? "" : HIDDEN}`),
    after,
  );
}

/** What may be secret in a URL: the values of its query, as they stand and decoded. */
export function queryValues(url: string): { readonly name: string; readonly value: string }[] {
  return split(url).parts.flatMap(({ head, value }) => {
    const name = head.slice(0, -1);
    return [...new Set([value, decode(value)])].flatMap((text) => (text === "" ? [] : { name, value: text }));
  });
}

/** Whether a URL has values that stand for hidden ones. */
export function hasHidden(url: string): boolean {
  return url.trim() === HIDDEN || split(url).parts.some(({ value }) => value === HIDDEN);
}

/** A URL with each `***` replaced by what a kept one has under the same name; undefined where that has nothing. */
export function restoreUrl(url: string, kept: string): string | undefined {
  if (url.trim() === HIDDEN) return kept;
  const { before, parts, after } = split(url);
  const known = Map.groupBy(split(kept).parts, ({ head }) => head);
  const seen = new Map<string, number>();
  const restored = parts.map(({ head, value }) => {
    const place = seen.get(head) ?? 0;
    seen.set(head, place + 1);
    if (value !== HIDDEN) return `${head}${value}`;
    const secret = known.get(head)?.[place]?.value;
    return secret === undefined ? undefined : `${head}${secret}`;
  });
  return restored.every((part) => part !== undefined) ? join(before, restored, after) : undefined;
}

/** Scheme, host and port; undefined for what is no URL of the web. */
export function originOf(url: string): string | undefined {
  const { protocol, origin } = URL.canParse(url) ? new URL(url) : { protocol: "", origin: "" };
  return protocol === "https:" || protocol === "http:" ? origin : undefined;
}

/** A parameter of a query: its name with the `=`, and its value. One without `=` is all value. */
interface Part {
  readonly head: string;
  readonly value: string;
}

/** Splits the text itself, not what a parser makes of it: what is not touched must come back as it was written. */
function split(url: string): { before: string; parts: Part[]; after: string } {
  const hash = url.indexOf("#");
  const [whole, after] = hash === -1 ? [url, ""] : [url.slice(0, hash), url.slice(hash)];
  const mark = whole.indexOf("?");
  if (mark === -1) return { before: whole, parts: [], after };
  const parts = whole
    .slice(mark + 1)
    .split("&")
    .map((part) => {
      const equals = part.indexOf("=") + 1;
      return { head: part.slice(0, equals), value: part.slice(equals) };
    });
  return { before: whole.slice(0, mark), parts, after };
}

function join(before: string, parts: readonly string[], after: string): string {
  return `${before}${parts.length === 0 ? "" : `?${parts.join("&")}`}${after}`;
}

function hideUser(url: string): string {
  const start = SCHEME.exec(url)?.[0].length ?? 0;
  const path = url.slice(start).search(/[/?#\\]/);
  const at = url.slice(start, path === -1 ? url.length : start + path).lastIndexOf("@");
  return at === -1 ? url : `${url.slice(0, start)}${HIDDEN}${url.slice(start + at)}`;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}
