import { unescaped } from "./page-text.ts";

/** What somebody reads of a page: its main part without tags, each run of blanks as one. */
export function inText(html: string): string {
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  return unescaped(main.replaceAll(/<[^>]*>/g, " "))
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** The rows of the tables of a page, each as its text. */
export function rowsIn(html: string): string[] {
  return [...html.matchAll(/<tr[^>]*>.*?<\/tr>/gs)].map(([row]) => inText(`<main>${row}</main>`));
}
