import { fileURLToPath } from "node:url";
import * as z from "zod";

/** A page of the dashboard, as its table has it. */
export interface ListedPage {
  /** As Hono writes a path. */
  readonly path: string;
  readonly who: string;
}

// The table is read as a browser would meet it; its types are those of the Worker, which these tests are no part of.
const table: unknown = await import(fileURLToPath(new URL("../../src/dashboard/pages.ts", import.meta.url)));

/** Every page that there is. */
export const pages: readonly ListedPage[] = z
  .object({ pages: z.array(z.object({ path: z.string(), who: z.string() })) })
  .parse(table).pages;

/** Where pages are that somebody can get to by links alone, from the first one: by the path of the table. */
export async function findByLinks(base: string, cookie: string, start: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const queue = [start];
  const seen = new Set(queue);
  for (let path = queue.shift(); path !== undefined && seen.size < MAX_LINKS; path = queue.shift()) {
    const page = pages.find((one) => matches(one.path, path));
    if (page === undefined || found.has(page.path)) continue;
    found.set(page.path, path);
    for (const link of await readLinks(`${base}${path}`, cookie)) {
      if (seen.has(link)) continue;
      seen.add(link);
      queue.push(link);
    }
  }
  return found;
}

const MAX_LINKS = 2000;

async function readLinks(url: string, cookie: string): Promise<string[]> {
  const html = await (await fetch(url, { headers: { cookie } })).text();
  const links = [...html.matchAll(/ href="(\/dashboard[^"#]*)/g)].map(([, link = ""]) => link.replaceAll("&amp;", "&"));
  return links.filter((link) => !link.startsWith("/dashboard/assets/"));
}

/** The path of the table that a link leads to. */
export function patternOf(link: string): string | undefined {
  return pages.find(({ path }) => matches(path, link))?.path;
}

/** A fixed path before one with a parameter: the table is in the order in which the Worker looks. */
function matches(pattern: string, link: string): boolean {
  const parts = (path: string) => path.split("?")[0]?.split("/") ?? [];
  const [wanted, given] = [parts(pattern), parts(link)];
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith(":") || part === given[at]);
}
