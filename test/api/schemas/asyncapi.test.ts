import official from "@asyncapi/specs/schemas/3.0.0-without-$id.json" with { type: "json" };
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { expect, it } from "vitest";
import * as z from "zod";
import { describeEvents } from "../../../src/api/schemas/asyncapi.ts";
import { titleOf } from "../../../src/events/schemas.ts";
import { eventTypes } from "../../../src/events/types.ts";

const document: unknown = JSON.parse(JSON.stringify(describeEvents()));
const shape = z.object({
  components: z.object({
    messages: z.record(
      z.string(),
      z.object({
        name: z.string(),
        payload: z.object({ $ref: z.string() }),
        examples: z.array(z.object({ payload: z.json() })),
      }),
    ),
    schemas: z.record(z.string(), z.json()),
  }),
});

it("the AsyncAPI document fits AsyncAPI's own schema of version 3.0.0", () => {
  const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
  const validate = ajv.compile(official);
  expect([validate(document), validate.errors]).toEqual([true, null]);
  expect(validate({ ...Object(document), asyncapi: "3.0" })).toBe(false);
});

it("it has a message for each type, with an example that fits its payload", () => {
  const { messages, schemas } = shape.parse(document).components;
  expect(Object.values(messages).map(({ name }) => name)).toEqual(eventTypes);
  const ajv = addFormats.default(new Ajv({ strict: false }));
  ajv.addSchema({ components: { schemas } }, "asyncapi");
  for (const type of eventTypes) {
    const message = messages[titleOf(type)];
    const validate = ajv.getSchema(`asyncapi${message?.payload.$ref}`);
    const [example] = message?.examples ?? [];
    expect([type, validate?.(example?.payload), validate?.errors]).toEqual([type, true, null]);
    expect(validate?.({ ...Object(example?.payload), type: "call.exploded" })).toBe(false);
  }
});
