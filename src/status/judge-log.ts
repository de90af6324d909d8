import type { LogFacts } from "./facts.ts";
import type { Found } from "./finding.ts";
import { howLong, many } from "./say.ts";

/** Cron ticks each minute. */
const CRON_LATE_MS = 2 * 60_000;
/** What waits longer in a queue shows that its consumer does not keep up. */
const BEHIND_MS = 2 * 60_000;

/** Cron, spool, queues and limits. */
export function judgeLog({ cron, spool, queued, limits }: LogFacts, now: number): Found[] {
  const isBehind = queued.travelling > 0 || (queued.oldest !== undefined && now - queued.oldest > BEHIND_MS);
  return [
    ...(cron !== undefined && now - cron < CRON_LATE_MS ? [] : [judgeCron(cron, now)]),
    ...(spool.waiting === 0
      ? []
      : [
          {
            kind: "spool_waiting" as const,
            since: spool.oldest,
            sentence: `${many(spool.waiting, "webhook waits", "webhooks wait", spool.more)} in the database for the queue`,
            next: "cron hands them on; docs/operations.md says when it cannot",
          },
        ]),
    ...(isBehind
      ? [
          {
            kind: "log_behind" as const,
            since: queued.oldest,
            sentence:
              queued.travelling > 0
                ? `${many(queued.travelling, "webhook waits", "webhooks wait")} for the database`
                : `${many(queued.webhooks, "webhook waits", "webhooks wait")} in the queue`,
            next: "they go on by themselves; npx wrangler tail --config # shows what fails",
          },
        ]
      : []),
    ...limits.map((sentence) => ({ kind: "limit_near" as const, sentence })),
  ];
}

function judgeCron(cron: number | undefined, now: number): Found {
  const sentence = cron === undefined ? "cron has not run yet" : `cron ran last ${howLong(now - cron)} ago`;
  return { kind: "cron_late", since: cron, sentence };
}
