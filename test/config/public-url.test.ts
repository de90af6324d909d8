import { describe, expect, it } from "vitest";
import { publicUrlOf } from "../../src/config/public-url.ts";
import { dataSchemaUrl, envelope } from "../../src/events/envelope.ts";

const urlOf = (PUBLIC_URL: string | undefined, origin?: string) =>
  publicUrlOf((name) => (name === "PUBLIC_URL" ? PUBLIC_URL : undefined), { origin });

describe("where the relay is reached", () => {
  it.each([
    ["https://hooks.example.com", "https://hooks.example.com"],
    ["https://hooks.example.com/", "https://hooks.example.com"],
    ["http://localhost:9000", "http://localhost:9000"],
    ["https://example.com/relay/", "https://example.com/relay/"],
    ["https://user:secret@example.com/?key=1#top", "https://example.com"],
  ])("PUBLIC_URL %s is %s", (set, url) => {
    expect(urlOf(set, "https://called.example.com")).toBe(url);
  });

  it.each([
    undefined,
    "hooks.example.com",
    "//hooks.example.com",
    "ftp://example.com",
    "/relay",
    "https://",
    "localhost:8787",
    " ",
  ])("PUBLIC_URL %s is none: the origin that the vendor called counts, and at last this machine", (set) => {
    expect(urlOf(set, "https://called.example.com")).toBe("https://called.example.com");
    expect(urlOf(set)).toBe("http://localhost:8787");
    expect(urlOf(set, "nowhere")).toBe("http://localhost:8787");
  });

  it("always makes a schema's address that the envelope takes", () => {
    for (const set of ["https://example.com/relay//", "https://example.com", "nonsense", undefined]) {
      const url = dataSchemaUrl(urlOf(set), "call.started");
      expect(url).toMatch(/^https?:\/\/[^/]+(\/relay)?\/schemas\/data\/call\.started\/1\.json$/);
      expect(envelope.shape.dataschema.safeParse(url).success).toBe(true);
    }
  });
});
