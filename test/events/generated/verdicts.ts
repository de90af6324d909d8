import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { envelope } from "../../../src/events/envelope.ts";
import { eventJsonSchema } from "../../../src/events/schemas.ts";
import { dataSchema, type EventType, eventTypes } from "../../../src/events/types.ts";

// A nullable field has two types in one word, which strict types would have spelled out.
const ajv = addFormats.default(new Ajv2020({ strict: true, allowUnionTypes: true }));
const published = new Map(eventTypes.map((type) => [type, ajv.compile(eventJsonSchema(type))]));
const inside = new Map(eventTypes.map((type) => [type, envelope.extend({ data: dataSchema(type) })]));

/** What both schemas of a type say of an event: the one inside, and the published one. */
export function verdicts(type: EventType, event: unknown): { readonly zod: boolean; readonly published: boolean } {
  return {
    zod: inside.get(type)?.safeParse(event).success === true,
    published: published.get(type)?.(event) === true,
  };
}
