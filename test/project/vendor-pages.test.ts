import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sampleNames } from "../../src/cli/webhooks/sample.ts";
import { parseRelay } from "../../src/config/parse-relay.ts";
import { eventTypes } from "../../src/events/types.ts";
import { vendorIds, vendorOf } from "../../src/vendors/index.ts";
import type { Vendor } from "../../src/vendors/vendor.ts";
import { documented, readPairs } from "./docs/pairs.ts";
import { readCode } from "./docs/read-code.ts";
import { unreadFieldsOf } from "./docs/unread-fields.ts";

const pairs = await readPairs();

/** Members that fixtures have although no vendor sends them: of tomorrow, or from a vendor's log. */
const INVENTED = ["priority", "Authorization"];
const pages = documented
  .map((id): Vendor => vendorOf(id))
  .map((vendor) => ({ vendor, file: `docs/vendors/${vendor.id}.md` }))
  .map((page) => ({ ...page, text: readFileSync(page.file, "utf8") }));

describe.each(pages)("$file", ({ vendor, file, text }) => {
  it("shows only configurations that are valid", () => {
    const documents = readCode(file, "json").filter((code) => code.includes('"sources"'));
    expect(documents.length).toBeGreaterThan(0);
    for (const document of documents) {
      const { sources }: { sources: object } = JSON.parse(document);
      const parsed = parseRelay(JSON.stringify({ sources, destinations: {} }), { allowPrivate: false });
      expect(parsed.state === "valid" ? [] : parsed.faults, document).toEqual([]);
    }
  });

  it("sends only webhooks that there are", () => {
    const named = [...text.matchAll(/npx hookswitch send (\S+) ([\w.-]+)/g)].map(([, id, kind]) => [id, kind]);
    const known = sampleNames(vendorIds.find((id) => id === vendor.id) ?? "generic").map((name) => [vendor.id, name]);
    for (const sample of named) expect(known).toContainEqual(sample);
  });

  it("names every kind that may stand in the URL, and every type that its webhooks become", () => {
    const words = [...vendor.kinds, ...Object.keys(vendor.aliases ?? {}), ...Object.keys(vendor.refused ?? {})];
    const types = new Set(pairs.filter((pair) => pair.vendor === vendor.id).map(({ event }) => event.type));
    expect([...words, ...types].filter((word) => !text.includes(word))).toEqual([]);
  });
});

describe.each(pages.filter(({ vendor }) => vendor.expected !== undefined))("$file", ({ vendor, text }) => {
  it("says why each field of which no event tells anything is in raw only", () => {
    const [, section = ""] = /^## Only in `raw`$(.*?)^## /ms.exec(text) ?? [];
    const unread = unreadFieldsOf(vendor).filter((name) => !INVENTED.includes(name));
    expect(unread.filter((name) => !section.includes(`\`${name}\``))).toEqual([]);
  });
});

it("fields that no event tells anything of are found", () => {
  expect(
    pages.flatMap(({ vendor }) => (vendor.expected === undefined ? [] : unreadFieldsOf(vendor))).length,
  ).toBeGreaterThan(10);
});

describe("the lists of vendors", () => {
  it("of README.md leads to every page, that of docs/configuration.md names every vendor", () => {
    const [readme, configuration] = ["README.md", "docs/configuration.md"].map((file) => readFileSync(file, "utf8"));
    expect(pages.filter(({ file }) => !readme?.includes(`(${file})`)).map(({ file }) => file)).toEqual([]);
    expect(vendorIds.filter((id) => !configuration?.includes(`\`${id}\``))).toEqual([]);
    expect(vendorIds.filter((id) => !pages.some(({ vendor }) => vendor.id === id))).toEqual([]);
  });
});

describe("docs/events.md", () => {
  const text = readFileSync("docs/events.md", "utf8");

  it("tells of every type", () => {
    expect(eventTypes.filter((type) => !text.includes(`\`${type}\``))).toEqual([]);
  });

  it("tells of every warning", () => {
    const [, union = ""] = /export type Warning =(.*?);/s.exec(readFileSync("src/events/draft.ts", "utf8")) ?? [];
    const warnings = [...union.matchAll(/"(\w+)"/g)].map(([, word]) => word ?? "");
    expect(warnings.length).toBeGreaterThan(10);
    expect(warnings.filter((word) => !text.includes(`\`${word}\``))).toEqual([]);
  });
});
