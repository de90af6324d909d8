import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dataJsonSchema, dataVersions } from "../../src/events/schemas.ts";
import { eventTypes } from "../../src/events/types.ts";
import { printJson } from "../project/docs/print-json.ts";

const kept = eventTypes.flatMap((type) =>
  Array.from({ length: dataVersions(type) }, (_, index) => {
    const version = index + 1;
    return { type, version, file: `docs/schemas/data/${type}/${version}.json` };
  }),
);

describe("a version of a schema that was published never changes", () => {
  it.each(kept)("$file", async ({ type, version, file }) => {
    const schema = JSON.parse(JSON.stringify(dataJsonSchema(type, version)));
    // A new file is written, one that is there is not even with -u: CONTRIBUTING says what to do instead.
    if (!existsSync(file)) await expect(printJson(schema)).toMatchFileSnapshot(`../../${file}`);
    else expect(schema).toEqual(JSON.parse(readFileSync(file, "utf8")));
  });
});
