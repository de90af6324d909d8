import * as z from "zod";
import { readJson } from "../../platform/read-json.ts";
import { readAnswer } from "./answer.ts";
import type { RelayClient } from "./client.ts";

/** Parameters of a list. */
export type Query = Readonly<Record<string, string | undefined>>;

const page = z.looseObject({ items: z.array(z.unknown()), next: z.string().nullable() });
/** Pages may be short, even empty: so many are asked for before the search is given up. */
const MAX_PAGES = 100;
const MAX_PER_PAGE = 200;

/** A list from its beginning, with the members that only its first page has. */
export interface Listing {
  readonly items: readonly unknown[];
  /** Whether there is more than was wanted, or than could be looked through. */
  readonly more: boolean;
  readonly besides: Readonly<Record<string, unknown>>;
  readonly isMasked: boolean;
}

/** Reads a list page by page until there are as many items as wanted. */
export async function readPages(relay: RelayClient, path: string, query: Query, wanted: number): Promise<Listing> {
  const items: unknown[] = [];
  let besides: Record<string, unknown> | undefined;
  let cursor: string | undefined;
  let isMasked = false;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const limit = String(Math.min(wanted - items.length, MAX_PER_PAGE));
    const answer = await relay.call("GET", `${path}?${toParameters({ ...query, limit, cursor })}`);
    const { items: found, next, ...rest } = readAnswer(page, answer);
    items.push(...found);
    isMasked ||= answer.isMasked;
    besides ??= rest;
    if (next === null) return { items, more: false, besides, isMasked };
    if (items.length >= wanted) break;
    cursor = next;
  }
  return { items, more: true, besides: besides ?? {}, isMasked };
}

/** The parameters that are there, as a URL has them. */
export function toParameters(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return new URLSearchParams(given).toString();
}

/** Prints an answer for programs, as it is. */
export function printJson(answer: { readonly text: string }): void {
  console.log(JSON.stringify(readJson(answer.text), undefined, 2));
}
