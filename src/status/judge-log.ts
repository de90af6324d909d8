import type { LogFacts, QueueFacts } from "./facts.ts";
import type { Found } from "./finding.ts";
import { howLong, many } from "./say.ts";

/** Cron ticks each minute. */
const CRON_LATE_MS = 2 * 60_000;
/** What waits longer in a queue shows that its consumer does not keep up. */
const BEHIND_MS = 2 * 60_000;

/** Cron, spool, queues and limits. */
export function judgeLog({ cron, spool, queued, travelling, limits }: LogFacts, now: number): Found[] {
  const isOld = ({ oldest }: QueueFacts) => oldest !== undefined && now - oldest > BEHIND_MS;
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
    // What waits for the log is none that just came; how long it has, not every queue tells.
    ...(travelling.messages > 0 && (travelling.oldest === undefined || isOld(travelling))
      ? [behind(travelling, "for the database")]
      : []),
    ...(isOld(queued) ? [behind(queued, "in the queue")] : []),
    ...limits.map(({ limit, sentence }) => ({ kind: "limit_near" as const, subject: limit, sentence })),
  ];
}

function behind({ messages, oldest }: QueueFacts, where: string): Found {
  return {
    kind: "log_behind",
    since: oldest,
    sentence: `${many(messages, "webhook waits", "webhooks wait")} ${where}`,
    next: "they go on by themselves; npx wrangler tail --config # shows what fails",
  };
}

function judgeCron(cron: number | undefined, now: number): Found {
  const sentence = cron === undefined ? "cron has not run yet" : `cron ran last ${howLong(now - cron)} ago`;
  return { kind: "cron_late", since: cron, sentence };
}
