import type * as z from "zod";
import { listLogins } from "../../api/logins.ts";
import { Refusal } from "../../api/operation.ts";
import type { Visit } from "../page/visit.ts";
import type { Login } from "./told.ts";

/** As many refused logins are looked at: what really kept somebody out may stand behind what a guard only watched. */
const MAX_LOOKED_AT = 50;
const ABOUT_MS = 15 * 60_000;
/** What narrows the list of an agent's decisions. */
const NARROWING = ["granted", "since", "until", "cursor"];

/** The decisions that a page lists. */
export type ListedLogins = z.output<typeof listLogins.gives>;

/**
 * The refused login that somebody means: of those about the moment the nearest, or the newest of all, and one that kept
 * the agent out before one that a guard which only watches would have refused. Undefined where there is none.
 * @param at RFC 3339
 * @param listed what the page lists of the agent: where it shows the one, thousands of logins are not looked through
 */
export async function findRefused(
  visit: Visit,
  agent: string,
  at: string | undefined,
  listed: Promise<ListedLogins | Refusal>,
): Promise<Login | Refusal | undefined> {
  const isWhole = at === undefined && NARROWING.every((name) => visit.query[name] === undefined);
  const list = isWhole ? await listed : undefined;
  if (list !== undefined && !(list instanceof Refusal)) {
    const keptOut = list.items.find(wasKeptOut);
    if (keptOut !== undefined || list.next === null) return keptOut ?? list.items.find(wasRefused);
  }
  return lookThrough(visit, agent, at);
}

async function lookThrough({ ask, query: { source } }: Visit, agent: string, at: string | undefined) {
  // About a moment there are few, and what the guard granted while it only watched may have been refused all the same.
  const granted = at === undefined ? "false" : undefined;
  const told = await ask(listLogins, { query: { source, agent, granted, ...spanAbout(at), limit: MAX_LOOKED_AT } });
  if (told instanceof Refusal) return told;
  const distance = (one: Login) => (at === undefined ? 0 : Math.abs(Date.parse(one.at) - Date.parse(at)));
  const nearest = told.items.toSorted((one, other) => distance(one) - distance(other));
  return nearest.find(wasKeptOut) ?? nearest.find(wasRefused);
}

function spanAbout(at: string | undefined) {
  if (at === undefined) return {};
  const [since, until] = [-ABOUT_MS, ABOUT_MS].map((by) => new Date(Date.parse(at) + by).toISOString());
  return { since, until };
}

/** Whether the vendor was told no: where a guard only watches, that is not what the guard would have said. */
function wasKeptOut(login: Login): boolean {
  return login.mode === undefined ? wasRefused(login) : Object.values(login.answered ?? {}).includes(false);
}

function wasRefused({ granted }: Login): boolean {
  return !granted;
}
