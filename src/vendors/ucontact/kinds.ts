import * as z from "zod";
import type { KindDraft } from "../../events/draft.ts";
import type { JsonObject } from "../../events/json.ts";
import { cutWord } from "../../events/values/read.ts";
import { DAY_MS } from "../../platform/time/instant.ts";
import type { Expected, Labelled } from "../expected.ts";
import type { Kind, Reading } from "../kind.ts";
import { readFields, text } from "../values/fields.ts";
import { nameOf } from "./campaign.ts";
import { readLevels } from "./disposition.ts";
import { interactionBody, readAssignment, readFinish, readInteractionDisposition } from "./interaction.ts";
import { agentBreak, agentLog, readBreak, readLog } from "./presence.ts";
import { agentRingNoAnswer, readRingNoAnswer } from "./ring-no-answer.ts";

/** Its dates lack the month: they read alike again after 28 days at the earliest, and what is late may be a day late. */
const WINDOW_MS = 27 * DAY_MS;

/** The events of uContact by the names its manual prints; AssignInteraction is the sixth, which the manual forgot. */
export const kinds = {
  AgentRingNoAnswer: kindOf(agentRingNoAnswer, readRingNoAnswer),
  AgentLog: kindOf(agentLog, readLog),
  AgentBreak: kindOf(agentBreak, readBreak),
  AssignInteraction: kindOf(interactionBody, readAssignment),
  FinishInteraction: kindOf(interactionBody, readFinish),
  InteractionDisposition: kindOf(interactionBody, readInteractionDisposition),
} as const satisfies Record<string, Kind>;

/** The name is the news of an event that nobody knows. */
export const anyEvent: Expected = { schema: z.object({ event: text }), words: { event: isKind }, open: true };

const byWord: ReadonlyMap<string, string> = new Map([
  ...Object.keys(kinds).map((name) => [fold(name), name] as const),
  // Newer instances list the disposition event under these names.
  ["disposition", "InteractionDisposition"],
  ["sentdisposition", "InteractionDisposition"],
]);

/** The kind that a word names, however it is written: `AgentLog`, `agentlog`, `agent-log`, `agent_log`; else the word. */
export function spell(word: string): string {
  return byWord.get(fold(word)) ?? word;
}

/** The envelope that every body has: it says nothing of the kind's own fields. */
const ENVELOPE: ReadonlySet<string> = new Set(["event", "date"]);

function kindOf(schema: z.ZodObject, draft: (reading: Reading) => KindDraft): Kind {
  return {
    schema,
    words: { event: isKind },
    labels: labelsOf,
    fits: ({ body }) => Object.keys(body).some((name) => !ENVELOPE.has(name) && Object.hasOwn(schema.shape, name)),
    // No body has an id of its own; its date lacks the month.
    window: { times: ["date"], lastsMs: WINDOW_MS },
    draft,
  };
}

function isKind(word: string): boolean {
  return byWord.has(fold(word));
}

function fold(word: string): string {
  return cutWord(word)
    .toLowerCase()
    .replace(/[^a-z]/g, "");
}

/** The words that the tenant made up: no kind has all of them. */
function labelsOf(object: JsonObject): Labelled[] {
  const { campaign, ...body } = readFields(interactionBody, object);
  const { motive } = readFields(agentBreak, object);
  return [
    { kind: "campaign", ids: [nameOf(campaign), campaign] },
    { kind: "disposition", ids: [readLevels(body).word] },
    { kind: "status", ids: [motive] },
  ];
}
