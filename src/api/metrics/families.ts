import { ATTEMPT_BOUNDS_MS, type Flow, waitingIn } from "../../log/ledger/flow.ts";
import type { Counted } from "../../log/ledger/totals.ts";
import type { Family, Sample } from "./open-metrics.ts";

const SECOND_MS = 1000;

/** What the metrics tell. */
export interface Measured {
  readonly ever: Counted;
  /** How long the oldest of what waits has waited, by destination; milliseconds. */
  readonly oldestMs: ReadonlyMap<string, number>;
  /** Destinations that are configured: theirs are told though nothing was counted yet. */
  readonly destinations: readonly string[];
}

/** The metrics of a relay. What has no counter is zero, and no counter ever falls. */
export function familiesOf({ ever, oldestMs, destinations }: Measured): Family[] {
  const flows = [...ever.destinations];
  const waiting = new Map([
    ...destinations.map((id): [string, number] => [id, 0]),
    ...flows.map(([id, flow]): [string, number] => [id, waitingIn(flow)]),
  ]);
  return [
    {
      name: "hookswitch_webhooks",
      type: "counter",
      help: "Webhooks that were accepted and handled, by what they became; questions are told apart.",
      samples: [...ever.sources].flatMap(([source, { events, duplicates, failed }]) =>
        Object.entries({ event: events, duplicate: duplicates, failed }).map(([outcome, value]) =>
          total({ source, outcome }, value),
        ),
      ),
    },
    {
      name: "hookswitch_unrouted",
      type: "counter",
      help: "Events that no destination wanted.",
      samples: [...ever.sources].map(([source, { unrouted }]) => total({ source }, unrouted)),
    },
    {
      name: "hookswitch_deliveries",
      type: "counter",
      help: "Deliveries that ended, replays among them, by how.",
      samples: flows.flatMap(([destination, { delivered, dead, expired }]) =>
        Object.entries({ delivered, dead, expired }).map(([state, value]) => total({ destination, state }, value)),
      ),
    },
    {
      name: "hookswitch_attempt_seconds",
      type: "histogram",
      unit: "seconds",
      help: "How long requests to destinations took, failed ones among them.",
      samples: flows.flatMap(([destination, flow]) => histogram(destination, flow)),
    },
    {
      name: "hookswitch_waiting",
      type: "gauge",
      help: "Deliveries that are due and have not ended.",
      samples: [...waiting].map(([destination, value]) => ({ labels: { destination }, value })),
    },
    {
      name: "hookswitch_oldest_waiting_seconds",
      type: "gauge",
      unit: "seconds",
      help: "Since when the oldest of what waits was accepted, as far as was looked; 0 where nothing waits.",
      samples: [...waiting.keys()].map((destination) => ({
        labels: { destination },
        value: Math.max(0, Math.round((oldestMs.get(destination) ?? 0) / SECOND_MS)),
      })),
    },
    {
      name: "hookswitch_logins",
      type: "counter",
      help: "Login questions that were answered, by whether all projects were granted.",
      samples: [...ever.sources].flatMap(([source, { logins, granted }]) =>
        logins === 0
          ? []
          : [total({ source, granted: "true" }, granted), total({ source, granted: "false" }, logins - granted)],
      ),
    },
    {
      name: "hookswitch_questions",
      type: "counter",
      help: "Questions to responders, by how they were answered.",
      samples: [...ever.sources].flatMap(([source, { questions, answered, otherwise }]) =>
        questions === 0
          ? []
          : Object.entries({ answered, otherwise, refused: questions - answered - otherwise }).map(([outcome, value]) =>
              total({ source, outcome }, value),
            ),
      ),
    },
    {
      name: "hookswitch_rejections",
      type: "counter",
      help: "Requests that were refused, by why; the source * is any that is not configured.",
      samples: ever.refused.map(({ source, reason, times }) => total({ source, reason }, times)),
    },
  ];
}

function total(labels: Readonly<Record<string, string>>, value: number): Sample {
  return { suffix: "_total", labels, value };
}

/** Buckets hold what took up to their bound, those of the smaller ones among it. */
function histogram(destination: string, flow: Flow): Sample[] {
  let sum = 0;
  const buckets = ATTEMPT_BOUNDS_MS.map((bound): Sample => {
    sum += flow[`under_${bound}`];
    return { suffix: "_bucket", labels: { destination, le: String(bound / SECOND_MS) }, value: sum };
  });
  return [
    ...buckets,
    { suffix: "_bucket", labels: { destination, le: "+Inf" }, value: flow.attempts },
    { suffix: "_count", labels: { destination }, value: flow.attempts },
    { suffix: "_sum", labels: { destination }, value: flow.ms / SECOND_MS },
  ];
}
