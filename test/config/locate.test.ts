import { describe, expect, it } from "vitest";
import { locate } from "../../src/config/documents/locate.ts";

const text = `{
  "sources": {
    "acme": { "vendor": "voiso", "keys": ["a", "b"] }
  },
  "destinations": {
    "crm": {
      "mask": { "data.customer": "remove", "data.customer.name": "last4" },
      "url": "x",
      "url": "y"
    }
  }
}`;

describe("where a fault stands in the text", () => {
  it.each([
    ["sources.acme.keys.1", '"b"'],
    ["sources.acme.keys", '"keys"'],
    ["sources.acme.keys.2", '"keys"'],
    ["sources.acme.timezone", '"acme"'],
    ["destinations.crm.mask.data.customer.name", '"data.customer.name"'],
    ["destinations.crm.mask.data.customer", '"data.customer"'],
    ["destinations.crm.url", '"url": "y"'],
    ["", "{"],
    ["nothing.like.it", "{"],
  ])("%s: at %s", (path, mark) => {
    const before = text.slice(0, text.indexOf(mark)).split("\n");
    const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    expect(locate(text, [{ path, message: "m", near: "n" }])).toEqual([{ path, message: "m", near: "n", ...place }]);
    expect(locate(`\uFEFF${text.replaceAll("\n", "\r\n")}`, [{ path, message: "m" }])).toEqual([
      { path, message: "m", ...place },
    ]);
  });

  it("is left as it is known already, and unknown where nobody can walk the text", () => {
    const known = { path: "", message: "not JSON", line: 7, column: 8 };
    expect(locate("{,}", [known])).toEqual([known]);
    expect(locate("[".repeat(100_000), [{ path: "a", message: "m" }])).toEqual([{ path: "a", message: "m" }]);
    expect(locate("", [{ path: "a", message: "m" }])).toEqual([{ path: "a", message: "m" }]);
  });
});
