/** A path with a query; what is undefined or empty is left out. */
export function address(path: string, query: Readonly<Record<string, string | number | undefined>> = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** The same page with some of its parameters changed. */
export function changed({ pathname, searchParams }: URL, query: Readonly<Record<string, string | undefined>>): string {
  return address(pathname, { ...Object.fromEntries(searchParams), ...query });
}

/** Where a destination, source, event … has its page; each part is escaped. */
export function pagePath(...parts: readonly string[]): string {
  return ["/dashboard", ...parts.map(encodeURIComponent)].join("/");
}

/** Leads on to a page; after a form by 303. */
export function leadTo(path: string, status: 302 | 303 = 302): Response {
  return new Response(null, { status, headers: { location: path } });
}
