import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { eventJsonSchema } from "../../src/events/schemas.ts";
import { eventTypes } from "../../src/events/types.ts";
import { unreadReason } from "../../src/log/reasons.ts";
import { printDeclarations } from "./docs/declarations.ts";
import { examplesOf } from "./docs/examples.ts";
import { readPairs } from "./docs/pairs.ts";
import { printJson } from "./docs/print-json.ts";
import { printReference } from "./docs/reference.ts";

const pairs = await readPairs();

describe("what is written from fixtures and schemas is up to date", () => {
  it("docs/events/reference.md", async () => {
    await expect(printReference(pairs)).toMatchFileSnapshot("../../docs/events/reference.md");
  });

  it("src/events/index.ts, the types for projects downstream", async () => {
    await expect(printDeclarations()).toMatchFileSnapshot("../../src/events/index.ts");
  });

  it.each(examplesOf(pairs))(
    "an example in src/events/examples, which fits its schema: $type",
    async ({ type, event }) => {
      await expect(printJson(event)).toMatchFileSnapshot(`../../src/events/examples/${type}.json`);
      const validate = addFormats.default(new Ajv2020()).compile(eventJsonSchema(type));
      expect(validate(event), JSON.stringify(validate.errors)).toBe(true);
    },
  );

  it("an example for every type", () => {
    expect(examplesOf(pairs).map(({ type }) => type)).toEqual([...eventTypes]);
  });
});

it.each(unreadReason.options)("docs/operations.md says what the failure %s is", (reason) => {
  expect(readFileSync("docs/operations.md", "utf8")).toMatch(new RegExp(`^\\| failure +\\| \`${reason}\` +\\| `, "m"));
});
