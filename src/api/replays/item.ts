import * as z from "zod";
import { MAX_FOUND } from "../../delivery/replay/count.ts";
import { askedAt, type ReplayRecord, replayState } from "../../log/replays/replay.ts";
import { openText, shownLike, subjectText, userName } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";

const count = z.int();
const act = z.object({ at: openText, by: userName });

/** What is shown of a filter. */
const filterShown = z.object({
  source: openText,
  type: openText,
  state: openText,
  subject: subjectText,
  destination: openText,
  since: openText,
  until: openText,
});

/** A replay, as a list shows it. */
export const replayItem = z.object({
  id: openText,
  state: replayState.describe(
    "counting, counted (a dry run, which waits to be started), running, done (all that was found has begun or was skipped), cancelled",
  ),
  sentence: openText.describe("the same for people"),
  who: userName,
  reason: openText.nullable().describe("why, in their words"),
  at: openText.describe("when it was asked for"),
  filter: shownLike(z.record(z.string(), z.string()).describe("what it looked for"), filterShown),
  event: openText.optional().describe("the one event that it was about"),
  destination: openText.optional().describe("where to, if that was said"),
  renormalize: z.boolean(),
  dryRun: z.boolean(),
  perSecond: z.number(),
  started: act.optional(),
  ended: z
    .object({ at: openText, by: userName.optional(), because: openText.optional() })
    .optional()
    .describe("`by`: who cancelled it; `because`: why the relay did, `too_many` or `stuck`"),
  events: count.describe("events found; with renormalize, events that differ"),
  deliveries: count.describe("deliveries found"),
  destinations: z.record(openText, count).describe("the same by destination"),
  progress: z.object({
    found: count,
    begun: count,
    skipped: count.describe("what has gone or changed since it was found"),
  }),
});
export type ReplayItem = z.input<typeof replayItem>;

/** A replay, as a list shows it. */
export function toItem(replay: ReplayRecord): ReplayItem {
  const { id, who, reason, asked, state, events, deliveries, destinations, begun, skipped } = replay;
  const { started, starter, ended, ender, because } = replay;
  const { filter, event, destination, renormalize, dryRun, perSecond } = asked;
  return {
    id,
    state,
    sentence: sentenceOf(replay),
    who,
    reason,
    at: toInstant(askedAt(replay)),
    filter: event === undefined ? { ...filter, ...spanOf(asked) } : {},
    ...(event === undefined ? {} : { event }),
    ...(destination === undefined ? {} : { destination }),
    renormalize,
    dryRun,
    perSecond,
    ...(started === null ? {} : { started: { at: toInstant(started), by: starter ?? who } }),
    ...(ended === null
      ? {}
      : {
          ended: {
            at: toInstant(ended),
            ...(ender === null ? {} : { by: ender }),
            ...(because === null ? {} : { because }),
          },
        }),
    events,
    deliveries,
    destinations,
    progress: { found: deliveries, begun, skipped },
  };
}

function spanOf({ since, until }: ReplayRecord["asked"]): Record<string, string> {
  return { ...(since === undefined ? {} : { since: toInstant(since) }), until: toInstant(until) };
}

function sentenceOf({ state, events, deliveries, begun, skipped, ender, because }: ReplayRecord): string {
  const found = `${deliveries} deliveries of ${events} events`;
  const left = skipped === 0 ? "" : `, ${skipped} skipped`;
  switch (state) {
    case "counting":
      return `It counts: ${found} so far.`;
    case "counted":
      return `It found ${found}; start it to send exactly these.`;
    case "running":
      return `It has begun ${begun} of ${found}${left}.`;
    case "done":
      return `It began ${begun} of ${found}${left}.`;
    case "cancelled":
      if (because === "too_many") return `It found more than ${MAX_FOUND} and sent nothing: narrow the filter.`;
      if (because === "stuck") return `It could not go on for two hours, and ended after ${begun} of ${found}${left}.`;
      return `${ender ?? "Somebody"} cancelled it after ${begun} of ${found}${left}; what was begun goes on.`;
  }
}
