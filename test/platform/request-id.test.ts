import { describe, expect, it } from "vitest";
import { newRequestId, requestedAt, requestId, requestIdAt } from "../../src/platform/request-id.ts";

const NOW = Date.parse("2026-11-20T09:02:03.004Z");

describe("the id of a request", () => {
  it("is a ULID behind its prefix, and tells when the request came", () => {
    const id = newRequestId(NOW);
    expect(id).toMatch(/^req_[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    expect(requestId.parse(id)).toBe(id);
    expect(requestedAt(id)).toBe(NOW);
  });

  it("sorts behind the bound of its time, and before that of the next millisecond", () => {
    const id = newRequestId(NOW);
    expect(requestIdAt(NOW) < id && id < requestIdAt(NOW + 1)).toBe(true);
    expect(requestIdAt(-1)).toBe(requestIdAt(0));
  });

  it("throws for the time of what was never given out", () => {
    expect(() => requestedAt("req_")).toThrow();
  });
});
