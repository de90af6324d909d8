import * as z from "zod";
import { callIncidents, INCIDENTS_LIMIT_MS } from "../../incidents/desk.ts";
import { type Gathered, gather } from "../../incidents/facts/gather.ts";
import type { Counted } from "../../log/ledger/totals.ts";
import { openText, userName } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import type { DestinationFacts } from "../../status/facts.ts";
import { finding, verdict } from "../../status/finding.ts";
import { judge } from "../../status/judge.ts";
import { operation } from "../operation.ts";

const count = z.int();
const time = z.iso.datetime().nullable();

const source = z.object({
  id: openText,
  vendor: openText,
  last: time.describe("when its last webhook or login came"),
  lately: z.object({ webhooks: count, logins: count, refused: count }).describe("since the hour before this one began"),
});

const destination = z.object({
  id: openText,
  paused: z
    .object({ reason: openText, since: time, who: userName.optional().describe("where somebody paused it") })
    .nullable(),
  breaker: z
    .object({ state: z.enum(["closed", "open", "half_open"]), failures: count, since: time, nextProbe: time })
    .nullable()
    .describe("null when its gate was not asked, or does not answer"),
  unasked: z.literal(true).optional().describe("there are too many destinations for all gates to be asked"),
  waiting: z.object({ deliveries: count, oldest: time.describe("as far as was looked") }),
  dead: z.object({ deliveries: count, more: z.boolean(), oldest: time }).describe("not replayed since"),
  lately: z.object({ attempts: count, delivered: count, dead: count, expired: count }),
});

/** `GET /api/status` */
export const status = operation({
  who: "viewer",
  summary: "Whether anything needs a person: what, since when, and what helps, the worst first",
  takes: {},
  gives: z.object({
    verdict,
    sentence: openText,
    items: z.array(finding),
    sources: z.array(source),
    destinations: z.array(destination),
    incidents: z
      .object({ open: count, unseen: count.describe("that nobody has acknowledged") })
      .nullable()
      .describe("those that were told of; null when that cannot be read"),
    logins: z.object({ since: time, decided: count, granted: count, refused: count }),
    log: z.object({
      readable: z.boolean(),
      cron: time.describe("when cron ran last"),
      queued: count.describe("webhooks in the queue"),
      travelling: count.describe("webhooks that wait for the log"),
      spooled: count.describe("webhooks that wait in the log for the queue"),
      today: count.describe("webhooks and logins of this UTC day"),
      bytes: count.describe("of the database"),
    }),
  }),
  run: async (request) => {
    const [gathered, open] = await Promise.all([
      gather(request, request.headers.get("host")),
      callIncidents(request.env, INCIDENTS_LIMIT_MS, (incidents) => incidents.open()),
    ]);
    const { verdict, sentence, items } = judge(gathered.facts);
    return {
      verdict,
      sentence,
      items: [...items],
      sources: tellSources(gathered),
      destinations: tellDestinations(gathered),
      incidents: open.ok ? open.value : null,
      logins: tellLogins(gathered),
      log: tellLog(gathered),
    };
  },
});

function tellSources({ relay, facts, log }: Gathered): z.input<typeof source>[] {
  return [...(relay?.sources.values() ?? [])].map(({ id, vendor }) => {
    const lately = log?.totals.lately;
    const counts = lately?.sources.get(id);
    const { events = 0, duplicates = 0, failed = 0, logins = 0 } = counts ?? {};
    return {
      id,
      vendor: vendor.id,
      last: toTime(facts.log?.sources.find((one) => one.id === id)?.last),
      lately: { webhooks: events + duplicates + failed, logins, refused: refusedOf(lately, id) },
    };
  });
}

function refusedOf(counted: Counted | undefined, id: string): number {
  const own = counted?.refused.filter(({ source }) => source === id) ?? [];
  return own.reduce((sum, { times }) => sum + times, 0);
}

function tellDestinations({ relay, facts, log }: Gathered): z.input<typeof destination>[] {
  const known = new Map(facts.log?.destinations.map((one) => [one.id, one]));
  return (relay?.destinations ?? []).flatMap(({ id }) => {
    const found = known.get(id);
    if (found === undefined) return [];
    const { attempts = 0, delivered = 0, dead = 0, expired = 0 } = log?.totals.lately.destinations.get(id) ?? {};
    return { ...tellDestination(found), lately: { attempts, delivered, dead, expired } };
  });
}

function tellDestination({ id, paused, breaker, isUnasked, waiting, oldest, dead }: DestinationFacts) {
  return {
    id,
    paused:
      paused === undefined ? null : { reason: paused.reason, since: toTime(paused.since), ...tellWho(paused.who) },
    breaker:
      breaker === undefined
        ? null
        : {
            state: breaker.state,
            failures: breaker.failures,
            since: toTime(breaker.since),
            nextProbe: toTime(breaker.nextProbe),
          },
    ...(isUnasked ? { unasked: isUnasked } : {}),
    waiting: { deliveries: waiting, oldest: toTime(oldest) },
    dead: { deliveries: dead.deliveries, more: dead.more, oldest: toTime(dead.oldest) },
  };
}

function tellWho(who: string | undefined): { who?: string } {
  return who === undefined ? {} : { who };
}

function tellLogins({ facts, log }: Gathered) {
  const all = [...(log?.totals.lately.sources.values() ?? [])];
  const decided = all.reduce((sum, { logins }) => sum + logins, 0);
  const granted = all.reduce((sum, one) => sum + one.granted, 0);
  return { since: toTime(facts.log?.lately), decided, granted, refused: decided - granted };
}

function tellLog({ facts, log }: Gathered) {
  const { cron, queued, travelling, spool } = facts.log ?? {};
  return {
    readable: log !== undefined,
    cron: toTime(cron),
    queued: queued?.messages ?? 0,
    travelling: travelling?.messages ?? 0,
    spooled: spool?.waiting ?? 0,
    today: log?.usage.today ?? 0,
    bytes: log?.usage.databaseBytes ?? 0,
  };
}

function toTime(at: number | undefined): string | null {
  return at === undefined ? null : toInstant(at);
}
