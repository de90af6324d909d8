import { changed } from "./address.ts";

/** Leads to the page after this one, and back to the first. */
export function Pager({ url, next }: { readonly url: URL; readonly next: string | null }) {
  const isFirst = !url.searchParams.has("cursor");
  if (isFirst && next === null) return null;
  return (
    <nav class="pager" aria-label="More of the list">
      {isFirst ? null : <a href={changed(url, { cursor: undefined })}>Newest</a>}
      {next === null ? null : (
        <a href={changed(url, { cursor: next })} rel="next">
          Older
        </a>
      )}
    </nav>
  );
}
