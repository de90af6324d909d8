import type { DestinationFacts } from "./facts.ts";
import type { Found } from "./finding.ts";
import { howLong, many } from "./say.ts";
import { faultyPartIn } from "./waits.ts";

/** What waits longer is told, although breaker and pause do not hold it. */
const WAITS_LONG_MS = 60 * 60_000;

/** Dead letters, breaker, pause, and what waits for long. */
export function judgeDestination(destination: DestinationFacts, now: number): Found[] {
  return [...judgeDead(destination, now), ...judgePassage(destination, now)];
}

function judgeDead({ id, dead }: DestinationFacts, now: number): Found[] {
  // Whoever left them for days has decided; they go on being counted, and found.
  if (dead.deliveries === 0 || dead.isLeft) return [];
  const age = dead.oldest === undefined ? "" : `, the oldest accepted ${howLong(now - dead.oldest)} ago`;
  return [
    {
      kind: "dead_letters",
      subject: id,
      since: dead.oldest,
      sentence: `${id} did not take ${many(dead.deliveries, "delivery", "deliveries", dead.more)}, given up for good${age}`,
      next: `npx hookswitch replay --dry-run --state dead --destination ${id} @`,
    },
  ];
}

/** Of what keeps deliveries from it only the strongest is told. */
function judgePassage({ id, paused, breaker, waiting, oldest }: DestinationFacts, now: number): Found[] {
  const waits = [
    many(waiting, "delivery waits", "deliveries wait"),
    ...(oldest === undefined ? [] : [`the oldest for ${howLong(now - oldest)}`]),
  ].join(", ");
  if (paused !== undefined) {
    const { reason, since } = paused;
    return [{ kind: "destination_paused", subject: id, since, ...explainPause(id, reason, waits) }];
  }
  if (breaker !== undefined && breaker.state !== "closed") {
    const { failures, since, nextProbe } = breaker;
    const probe =
      nextProbe === undefined || nextProbe <= now
        ? "a probe is due now"
        : `the next probe in ${howLong(nextProbe - now)}`;
    return [
      {
        kind: "breaker_open",
        subject: id,
        since,
        sentence: `${id} fails: ${many(failures, "failure", "failures")} in a row; ${waits}; ${probe}`,
        next: `npx hookswitch destinations test ${id} @`,
      },
    ];
  }
  if (oldest === undefined || now - oldest < WAITS_LONG_MS) return [];
  return [
    {
      kind: "waiting_long",
      subject: id,
      since: oldest,
      sentence: `${id} is behind: ${waits}`,
      next: `npx hookswitch destinations ${id} @`,
    },
  ];
}

function explainPause(id: string, reason: string, waits: string): Pick<Found, "sentence" | "next"> {
  const part = faultyPartIn(reason);
  if (part !== undefined) {
    return {
      sentence: `${id} gets nothing until its ${part} is mended in the configuration; ${waits}`,
      next: "npx hookswitch config pull relay.json @, mend it, then config push",
    };
  }
  if (reason === "configuration") {
    return {
      sentence: `${id} is paused in the configuration; ${waits}`,
      next: `"paused": false for ${id} in relay.json, then npx hookswitch config push relay.json @`,
    };
  }
  const why = reason === "status_410" ? "it answered 410: it is gone" : `by ${reason}`;
  return { sentence: `${id} is paused (${why}); ${waits}`, next: `npx hookswitch destinations resume ${id} @` };
}
