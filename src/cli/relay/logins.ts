import * as z from "zod";
import { namedTime, zonedTime } from "../../login/history/zoned-time.ts";
import { listProjects } from "../permissions/attempts.ts";
import { columns, paint } from "../terminal.ts";
import { readAnswer } from "./answer.ts";
import { openRelayClient, type RelayClient, type RelayOptions } from "./client.ts";
import { remarkUnknown } from "./remark-unknown.ts";

const MAX_PAGE = 200;

const login = z.looseObject({
  receipt: z.string(),
  at: z.string(),
  source: z.string(),
  zone: z.string(),
  agent: z.object({ id: z.string().optional(), username: z.string().optional() }),
  projects: z.record(z.string(), z.boolean()),
  granted: z.boolean(),
  rule: z.string(),
  mapAgeSeconds: z.number().optional(),
  ms: z.number().optional(),
  mode: z.string().optional(),
});
const listing = z.object({ items: z.array(login), next: z.string().nullable() });

type Login = z.infer<typeof login>;

/** Which logins, and how many. */
export interface LoginsOptions extends RelayOptions {
  readonly source?: string | undefined;
  readonly agent?: string | undefined;
  readonly refused?: boolean | undefined;
  readonly granted?: boolean | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly zone?: string | undefined;
  readonly limit: number;
  /** As the relay answers. */
  readonly json?: boolean | undefined;
}

/** Prints decisions of the login guard, one in a line, by the clock of the source's zone. */
export async function listLogins(options: LoginsOptions): Promise<void> {
  const relay = openRelayClient(options);
  const logins = await readLogins(relay, options);
  if (options.json) return console.log(JSON.stringify(logins, undefined, 2));
  if (logins.length === 0) {
    return console.log(`no login${await remarkUnknown(relay, { source: options.source })}`);
  }
  const zones = new Set(logins.map(({ zone }) => zone));
  const [zone] = zones;
  if (zones.size === 1) console.log(paint("dim", `Times are those of ${zone}.`));
  console.log(columns(logins.map((one) => toRow(one, zones.size > 1))).join("\n"));
}

/** A page may be short where few logins are meant: the next ones are read until there are enough. */
async function readLogins(
  relay: RelayClient,
  { refused, granted, limit, ...options }: LoginsOptions,
): Promise<Login[]> {
  const { source, agent, since, until, zone } = options;
  const verdict = refused ? "false" : granted ? "true" : undefined;
  const asked = Object.entries({ source, agent, since, until, zone, granted: verdict }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const found: Login[] = [];
  for (let cursor: string | null | undefined; cursor !== null && found.length < limit; ) {
    const size = String(Math.min(limit - found.length, MAX_PAGE));
    const query = new URLSearchParams([
      ...asked,
      ["limit", size],
      ...(cursor === undefined ? [] : [["cursor", cursor]]),
    ]);
    const page = readAnswer(listing, await relay.call("GET", `logins?${query}`));
    found.push(...page.items);
    cursor = page.next;
  }
  return found;
}

function toRow({ at, zone, source, agent, granted, projects, rule, ...rest }: Login, showsZone: boolean): string[] {
  const { mapAgeSeconds, ms, mode, receipt } = rest;
  const { id, username } = agent;
  return [
    (showsZone ? namedTime : zonedTime)(Date.parse(at), zone),
    source,
    username === undefined ? (id ?? "") : `${username}${id === undefined ? "" : ` (${id})`}`,
    granted ? paint("green", "granted") : paint("red", "refused"),
    listProjects(projects),
    mode === undefined ? rule : `${rule}, in the shadow`,
    [
      ...(mapAgeSeconds === undefined ? [] : [`map ${mapAgeSeconds} s old`]),
      ...(ms === undefined ? [] : [`${ms} ms`]),
    ].join(", "),
    receipt,
  ];
}
