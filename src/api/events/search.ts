import { loadRelay } from "../../config/load-relay.ts";
import { idKeysIn } from "../../config/secrets/id-keys.ts";
import { markKeysIn } from "../../config/secrets/mark-keys.ts";
import { firstReceiptAt } from "../../events/receipt.ts";
import { readRefusedRequest } from "../../log/counts/refused-requests.ts";
import { findReceipt } from "../../log/events/fate.ts";
import { findByTraits } from "../../log/search/by-traits.ts";
import type { Search } from "../../log/search/conditions.ts";
import { type EventPage, searchEvents } from "../../log/search/search.ts";
import { lookupIn } from "../../platform/lookup.ts";
import type { Work } from "../../platform/work.ts";
import { type Caller, isAtLeast } from "../people/role.ts";
import { tellReceipt } from "../receipts/tell.ts";
import { adviser, viewRequest } from "../rejections/view.ts";
import { readTaken, type Taken } from "./taken.ts";

/** Moments with a mark that a page looks at besides those it shows: some have it by chance, some do not fit the filter. */
const MAX_MORE_MOMENTS = 50;

/** A request for a page of events, with its time span read. */
export interface PageAsked {
  readonly q?: string | undefined;
  readonly search: Search;
  readonly limit: number;
}

/** A page of events, what the text was read as, and what else goes by it. */
export interface PageFound {
  readonly page: EventPage;
  readonly taken: Taken["kinds"];
  readonly request?: ReturnType<typeof viewRequest> | undefined;
  readonly receipt?: Exclude<Awaited<ReturnType<typeof tellReceipt>>, string | undefined> | undefined;
}

/** Finds a page of events. Rejects when the log cannot be read. */
export async function findPage({ q, search, limit }: PageAsked, caller: Caller, work: Work): Promise<PageFound> {
  const { env, now } = work;
  const keys = await idKeysIn(lookupIn(env));
  if (q === undefined) return { page: await searchEvents(env.LOG, search, limit, { keys }), taken: [] };
  const taken = await readTaken(q, {
    mayNamePeople: isAtLeast(caller, "operator"),
    regions: await regionsOf(search, work),
  });
  const { kinds } = taken;
  if (kinds.includes("request")) return { page: NOTHING, taken: kinds, request: await findRequest(q, work) };
  if (!kinds.includes("event") && !kinds.includes("receipt")) {
    return { page: await findNamed(taken, search, limit, env), taken: kinds };
  }
  const receipt = await findReceipt(env.LOG, q);
  const page = await searchEvents(env.LOG, search, limit, { among: receipt === undefined ? [] : [receipt] });
  const told = kinds.includes("receipt") ? await tellReceipt(q, env, now) : undefined;
  return { page, taken: kinds, ...(typeof told === "object" ? { receipt: told } : {}) };
}

const NOTHING: EventPage = { events: [], next: undefined };

async function findRequest(id: string, work: Work) {
  const found = await readRefusedRequest(work.env.LOG, id);
  return found === undefined ? undefined : viewRequest(found, await adviser(work));
}

/** Looks up what a subject names, and searches for what only the events themselves tell. */
async function findNamed({ subjects, traits }: Taken, search: Search, limit: number, env: Env): Promise<EventPage> {
  const lookup = lookupIn(env);
  const found = await findByTraits(env.LOG, traits, await markKeysIn(lookup), search, limit + MAX_MORE_MOMENTS);
  const end = found.end === undefined ? undefined : firstReceiptAt(found.end);
  const narrowed = {
    ...search,
    from: end !== undefined && end > search.from ? end : search.from,
    about: subjects,
    also: found.receipts,
  };
  const page = await searchEvents(env.LOG, narrowed, limit, { keys: await idKeysIn(lookup) });
  return { ...page, next: page.next ?? end };
}

/** The countries by whose rules a number may be written. */
async function regionsOf({ source }: Search, work: Work): Promise<string[]> {
  const loaded = await loadRelay(work);
  const sources = loaded.state === "ready" ? [...loaded.value.sources.values()] : [];
  const meant = sources.filter(({ id }) => source === undefined || id === source);
  return [...new Set(meant.flatMap(({ region }) => region ?? []))];
}
