import type { WholeEvent } from "./told.ts";

/** What became of an event, in one sentence. */
export function inWords({ deliveries, event }: WholeEvent): string {
  const latest = new Map(deliveries.map((one) => [one.destination, one]));
  for (const one of deliveries) if (one.state === "waiting") latest.set(one.destination, one);
  if (latest.size === 0) return `A ${event.type} that no destination wanted.`;
  const ends = [...latest.values()];
  const parts = (["delivered", "waiting", "dead", "expired"] as const).flatMap((state) => {
    const there = ends.filter((one) => one.state === state).map(({ destination }) => destination);
    return there.length === 0 ? [] : [`${words[state]} ${there.join(", ")}`];
  });
  return `A ${event.type}: ${parts.join("; ")}.`;
}

const words = {
  delivered: "delivered to",
  waiting: "waiting for",
  dead: "given up for",
  expired: "too late for",
} as const;
