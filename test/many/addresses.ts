import { pages } from "../../src/dashboard/pages.ts";

/** An address of a page, and whether a receiver's token opens it. */
export interface Address {
  /** The page's own path. */
  readonly page: string;
  readonly address: string;
  readonly isForReceivers: boolean;
}

/** Addresses with more than their path: what is asked there costs more than the page without it. */
const questions = [
  "/dashboard/logins?agent=agent_10",
  "/dashboard/events?q=agent_7",
  "/dashboard/events?type=call.completed",
  "/dashboard/dead-letters?destination=crm",
  "/dashboard/refused?source=voiso",
];

/** Where every page is found in a log: a page of its own joins by itself, and one that names something new says what it lacks. */
export async function addressesIn(log: D1Database): Promise<Address[]> {
  const newest = async (sql: string) => (await log.prepare(sql).first<string>("id")) ?? "none";
  const [event, call, request, replay] = await Promise.all([
    newest("SELECT id FROM event WHERE source = 'voiso' ORDER BY receipt DESC LIMIT 1"),
    newest("SELECT substr(subject, 6) AS id FROM event WHERE source = 'voiso' ORDER BY receipt DESC LIMIT 1"),
    newest("SELECT request AS id FROM refused_request ORDER BY request DESC LIMIT 1"),
    newest("SELECT id FROM replay ORDER BY id DESC LIMIT 1"),
  ]);
  /** By the first word of a path, and the name of what stands in it. */
  const named = new Map([
    ["events :id", event],
    ["receiver :id", event],
    ["calls :source", "voiso"],
    ["calls :id", call],
    ["refused :request", request],
    ["replays :id", replay],
    ["permissions :source", "vcc"],
    ["permissions :version", "1"],
    ["configuration :version", "1"],
    ["destinations :id", "crm"],
    ["sources :id", "vcc"],
  ]);
  const fill = (path: string) => {
    const [, , first = "", ...rest] = path.split("/");
    const told = rest.map((part) => {
      const value = part.startsWith(":") ? named.get(`${first} ${part}`) : part;
      if (value === undefined) throw new Error(`test/many/addresses.ts does not say what ${part} of ${path} may be`);
      return encodeURIComponent(value);
    });
    return ["", "dashboard", first, ...told].join("/").replace(/\/$/, "");
  };
  return [
    ...pages.map(({ path, who }) => ({ page: path, address: fill(path), isForReceivers: who === "receiver" })),
    ...questions.map((address) => ({ page: address, address, isForReceivers: false })),
  ];
}
