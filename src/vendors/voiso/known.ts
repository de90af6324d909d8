import * as z from "zod";
import { isObject, type JsonObject } from "../../events/json.ts";
import { anything, text } from "../../events/values/fields.ts";
import { type Known, type KnownBody, type Labelled, labelOf, type SourceSettings, type Webhook } from "../vendor.ts";
import { agentStatusSchema, statusSchema } from "./agent-status.ts";
import { durationSchema } from "./call-schema.ts";
import { channelSchema, contactSchema } from "./contact.ts";
import { envelopeSchema, readBodyKind, readEnvelope } from "./envelope.ts";
import { type Kind, kindNamed } from "./kinds.ts";
import { campaignSchema, personSchema } from "./people.ts";
import { describesPerson } from "./person-event.ts";
import { legacyKind } from "./shape.ts";
import { directionOf, enderOf, isState, outcomeOf, statusOf } from "./words.ts";
import { wrapUpSchema } from "./wrap-up.ts";

const isEvent = (word: string) => kindNamed(word) !== undefined;

/** Of an event that nobody knows, its name is the news. */
const anyEvent: Known = { schema: z.object({ event: text }), words: { event: isEvent }, open: true };
const person: Known = { schema: personSchema };

/** What is known of a body of the kind in its URL, else of the one that it names or looks like. */
export function knownOf({ body, kind: inUrl }: Webhook, source: SourceSettings): KnownBody | undefined {
  if (!isObject(body)) return undefined;
  const kind = kindNamed(inUrl ?? readBodyKind(body) ?? legacyKind(body) ?? "");
  if (kind === undefined) return { body, known: anyEvent };
  const { content, entity } = readEnvelope(body);
  const inner = describesPerson(content, entity, kind) ? person : contentOf(kind, source);
  // The two legacy hooks have no envelope: their fields stand among its own.
  const flat = body.data === undefined && body.payload === undefined;
  const envelope = { schema: envelopeSchema, words: { event: isEvent } };
  return {
    body,
    known: flat
      ? { ...inner, schema: envelopeSchema.extend(inner.schema.shape), words: { ...inner.words, event: isEvent } }
      : { ...envelope, within: { data: inner, payload: inner } },
  };
}

/** The content, which may stand below the name of what it describes. */
function contentOf({ schema, entities: [entity] }: Kind, source: SourceSettings): Known {
  const bare: Known = {
    schema,
    words: {
      type: (word) => directionOf(word) !== undefined,
      disposition: (word) => outcomeOf(word) !== undefined || isState(word),
      end_reason: (word) => enderOf(word) !== undefined,
      status: isStatus
    },
    within: {
      agent: schema === agentStatusSchema ? person : person,
    },
    labels: labelsOf,
  };
  return bare;
}
