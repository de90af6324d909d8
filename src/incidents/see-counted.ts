import type { Alerts } from "../config/schema/alerts.ts";
import type { Facts } from "../status/facts.ts";
import { many } from "../status/say.ts";
import { forRelay } from "../status/words.ts";
import type { Rising } from "./samples.ts";
import type { Sighting } from "./sighting.ts";

const WITHIN = "within 10 minutes";

/** By what it is judged. */
export interface Counted {
  readonly facts: Facts;
  readonly rising: Rising | undefined;
  readonly alerts: Alerts;
}

/** What goes wrong while a counter rises: dead letters, refused requests and logins, webhooks stored nowhere. */
export function seeCounted({ facts: { log, at }, rising, alerts }: Counted): Sighting[] {
  if (log === undefined || rising === undefined) return [];
  const sightings = [
    ...log.destinations.flatMap(({ id }) => seeDead(id, rising, alerts)),
    ...log.sources.flatMap(({ id }) => [
      ...seeRefused(id, rising, alerts, log.refused.find(({ source }) => source === id)?.reason),
      ...seeDenied(id, rising, alerts),
    ]),
    ...seeNotStored(rising),
  ];
  return sightings.map((one) => ({ ...one, next: forRelay(one.next, { url: at, source: one.about.id }) }));
}

function seeDead(id: string, rising: Rising, { deadLetter }: Alerts): Sighting[] {
  const dead = rising.lately("dead", id);
  if (rising.now("dead", id) === 0 || dead < deadLetter.count) return [];
  return [
    {
      type: "relay.dead_letter",
      about: { kind: "destination", id },
      afterMs: 0,
      counts: { dead },
      sentence: `${many(dead, "delivery", "deliveries")} to ${id} ${dead === 1 ? "was" : "were"} given up for good ${WITHIN}`,
      next: `npx hookswitch replay --dry-run --state dead --destination ${id} @`,
    },
  ];
}

/** @param reason the most frequent one */
function seeRefused(id: string, rising: Rising, { sourceRefused }: Alerts, reason: string | undefined): Sighting[] {
  const [refused, accepted] = [rising.lately("refused", id), rising.lately("accepted", id)];
  if (rising.now("refused", id) === 0 || !isMany(refused, accepted, sourceRefused)) return [];
  const others = accepted === 0 ? "and none was accepted" : `and ${accepted} accepted`;
  return [
    {
      type: "relay.source_refused",
      about: { kind: "source", id },
      afterMs: 0,
      counts: { refused, accepted },
      sentence: `${many(refused, "request", "requests")} of ${id} ${refused === 1 ? "was" : "were"} refused ${WITHIN}, ${others}${reason === undefined ? "" : `: ${reason}`}`,
      next: `npx hookswitch rejections --source ${id} @`,
    },
  ];
}

function seeDenied(id: string, rising: Rising, { loginsRefused }: Alerts): Sighting[] {
  const [refused, granted] = [rising.lately("denied", id), rising.lately("granted", id)];
  if (rising.now("denied", id) === 0 || !isMany(refused, granted, loginsRefused)) return [];
  return [
    {
      type: "relay.logins_refused",
      about: { kind: "source", id },
      afterMs: 0,
      counts: { refused, granted },
      sentence: `${refused} of ${refused + granted} logins at ${id} were refused ${WITHIN}`,
      next: `npx hookswitch logins --source ${id} --refused @`,
    },
  ];
}

function seeNotStored({ notStored }: Rising): Sighting[] {
  if (notStored.now === 0) return [];
  return [
    {
      type: "relay.limit_near",
      about: { kind: "limit", id: "refusals" },
      afterMs: 0,
      counts: { refused: notStored.lately },
      sentence: `${many(notStored.lately, "webhook", "webhooks")} could be stored nowhere ${WITHIN}: a quota may be used up`,
      next: 'docs/operations.md, "What the Free plan bears"',
    },
  ];
}

function isMany(
  bad: number,
  good: number,
  { count, share }: { readonly count: number; readonly share: number },
): boolean {
  return bad >= count && bad > 0 && bad / (bad + good) >= share;
}
