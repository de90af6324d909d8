import * as z from "zod";
import type { JsonObject } from "../../events/json.ts";
import type { Expected } from "../expected.ts";
import { labelOf, type SourceSettings } from "../source-settings.ts";
import { anything, text } from "../values/fields.ts";
import { agentStatusSchema, statusSchema } from "./agent-status.ts";
import { anyCallSchema, durationSchema } from "./call-schema.ts";
import { channelSchema, contactSchema } from "./contact.ts";
import { envelopeSchema, readEnvelope } from "./envelope.ts";
import { type ContentKind, kinds, spell } from "./kinds.ts";
import { campaignSchema, personSchema, readCampaign } from "./people.ts";
import { describesPerson } from "./person-event.ts";
import { directionOf, enderOf, normalizeWord, outcomeOf, statusOf } from "./words.ts";
import { readWrapUp, wrapUpSchema } from "./wrap-up.ts";

const isEvent = (word: string) => Object.hasOwn(kinds, spell(word));

/** The name is the news of an event that nobody knows. */
const anyEvent: Expected = { schema: z.object({ event: text }), words: { event: isEvent }, open: true };

/** Types of the call log that have no direction (docs.voiso.com/apidocs/cdr-1). */
const UNDIRECTED = new Set(["whatsapp", "facebook", "instagram", "telegram", "web_chat", "hlr_lookup"]);
/** Disposition codes that only name a state (docs.voiso.com/docs/disposition-codes). */
const STATES = new Set(["absent", "active", "archived", "available", "initiated", "waiting"]);

/** What is expected of a body: in which edition of the envelope it came, and what stands in it, it tells itself. */
export function expectedOf(kind: ContentKind | undefined, body: JsonObject, source: SourceSettings): Expected {
  if (kind === undefined) return anyEvent;
  const { members, entity } = readEnvelope(body);
  const { flat, within } = describesPerson(members, entity, kind) ? ofPerson : ofKind(kind, source);
  // The two legacy hooks have no envelope: their fields stand among its own.
  return body.data === undefined && body.payload === undefined ? flat : within;
}

/** What is expected of a body that has its content among the envelope's fields, or within the envelope. */
interface Editions {
  readonly flat: Expected;
  readonly within: Expected;
}

function editionsOf(inner: Expected): Editions {
  const words = { event: isEvent };
  return {
    flat: { ...inner, schema: envelopeSchema.extend(inner.schema.shape), words: { ...inner.words, ...words } },
    within: { schema: envelopeSchema, words, within: { data: inner, payload: inner } },
  };
}

const ofPerson = editionsOf({ schema: personSchema });
/** Schemas are built once: to build one takes longer than to read a webhook. A source has labels of its own. */
const ofKinds = new WeakMap<SourceSettings, Map<ContentKind, Editions>>();

function ofKind(kind: ContentKind, source: SourceSettings): Editions {
  const known = ofKinds.get(source) ?? new Map<ContentKind, Editions>();
  const editions = known.get(kind) ?? editionsOf(contentOf(kind, source));
  ofKinds.set(source, known.set(kind, editions));
  return editions;
}

/** The content; the vendor may put it below the name of what it describes. */
function contentOf({ schema, entities: [entity] }: ContentKind, source: SourceSettings): Expected {
  const call = objectOf(anyCallSchema, source);
  const content = objectOf(schema === agentStatusSchema ? personSchema.extend(schema.shape) : schema, source);
  return {
    ...content,
    schema: z.object({ [entity]: anything, ...content.schema.shape }),
    within: { call, [entity]: content, ...content.within },
  };
}

function objectOf(schema: z.ZodObject, source: SourceSettings): Expected {
  const isStatus = (word: string) =>
    statusOf(word) !== undefined || normalizeWord(word) === "idle" || labelOf(source, "status", word) !== undefined;
  return {
    schema,
    words: {
      type: (word) => directionOf(word) !== undefined || UNDIRECTED.has(normalizeWord(word)),
      disposition: (word) => outcomeOf(word) !== undefined || STATES.has(normalizeWord(word)),
      end_reason: (word) => enderOf(word) !== undefined,
      ...(schema === agentStatusSchema ? { status: isStatus } : {}),
    },
    within: {
      agent: { schema: personSchema },
      contact: { schema: contactSchema },
      channel: { schema: channelSchema },
      campaign: { schema: campaignSchema },
      duration: { schema: durationSchema },
      wrap_up_code: { schema: wrapUpSchema },
      status: { schema: statusSchema, words: { current: isStatus, previous: isStatus } },
    },
    labels: ({ wrap_up_code, campaign }) => [
      { kind: "disposition", ids: [readWrapUp(wrap_up_code, source).id], own: true },
      { kind: "campaign", ids: [readCampaign(campaign, source).id] },
    ],
  };
}
