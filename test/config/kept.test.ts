import { describe, expect, it } from "vitest";
import { parseKeptRelay } from "../../src/config/parse-relay.ts";

const rules = { allowPrivate: false };
const source = { vendor: "voiso", keys: ["env:KEY"] };
const destination = { url: "https://crm.example.com/", secrets: ["env:SECRET"], mask: { phone: "last4" } };

function understand(changes: { source?: object; destination?: object; more?: object } = {}) {
  const parsed = parseKeptRelay(
    JSON.stringify({
      sources: { acme: { ...source, ...changes.source }, other: source },
      destinations: { crm: { ...destination, ...changes.destination }, other: destination },
      ...changes.more,
    }),
    rules,
  );
  if (parsed.state === "invalid") throw new Error(JSON.stringify(parsed.faults));
  const { sources, destinations } = parsed.value;
  return {
    acme: sources.acme,
    crm: destinations.crm,
    ids: [...Object.keys(sources), ...Object.keys(destinations)],
    faults: parsed.state === "valid" ? [] : parsed.faults.map(({ path }) => path),
  };
}

const ALL = ["acme", "other", "crm", "other"];

describe("a configuration that was kept", () => {
  it("is read as any other where all of it is understood", () => {
    const { acme, ids, faults } = understand();
    expect([ids, faults]).toEqual([ALL, []]);
    expect(acme).toMatchObject({ onStoreError: "deny" });
  });

  it("may have members that this version does not know, which are no fault", () => {
    const { acme, crm, ids, faults } = understand({
      source: { answerers: { search: { ask: "x" } } },
      destination: { colour: "blue", limit: { perSecond: 5, burst: 9 } },
      more: { access: { "@example.com": "admin" } },
    });
    expect([ids, faults]).toEqual([ALL, []]);
    expect(acme).not.toHaveProperty("answerers");
    expect(crm).toMatchObject({ limit: { perSecond: 5 }, mask: { phone: "last4" } });
  });

  it("loses a responder alone that it does not understand", () => {
    const good = { ask: "https://crm.example.com/", secrets: ["env:S"] };
    const responders = { ivr: { ...good, cache: { seconds: "long", by: ["caller"] } }, search: good };
    const { acme, ids, faults } = understand({ source: { vendor: "vcc-live", responders } });
    expect([ids, faults]).toEqual([ALL, ["sources.acme.responders.ivr.cache.seconds"]]);
    expect(acme).toMatchObject({ responders: { search: good, ivr: good } });
  });

  it.each<[string, object, string, object]>([
    ["phones", { phones: "regional" }, "sources.acme.phones", { vendor: "voiso" }],
    ["onStoreError", { onStoreError: "ask" }, "sources.acme.onStoreError", { onStoreError: "deny" }],
    ["one of the keys", { keys: ["env:A", { sealed: "x" }] }, "sources.acme.keys.1", { keys: ["env:A"] }],
    [
      "guard.mode",
      { guard: { mode: "maybe", askTimeoutMs: 100 } },
      "sources.acme.guard.mode",
      { guard: { mode: "enforce", askTimeoutMs: 100 } },
    ],
    [
      "a label",
      { labels: { disposition: { "1": 5, "2": { label: "two" } } } },
      "sources.acme.labels.disposition.1",
      { labels: { disposition: { "2": { label: "two" } } } },
    ],
    ["auth", { auth: { in: "cookie" } }, "sources.acme.auth", { vendor: "voiso" }],
  ])("leaves out %s of a source alone, should it not be understood any more", (_, settings, path, expected) => {
    const { acme, ids, faults } = understand({ source: settings });
    expect(ids).toEqual(ALL);
    expect(faults[0]).toBe(path);
    expect(acme).toMatchObject(expected);
  });

  it.each<[string, object, string]>([
    ["a mask's action", { mask: { phone: "last4", email: "hash" } }, "destinations.crm.mask.email"],
    ["format", { format: "xml" }, "destinations.crm.format"],
    ["where", { where: { "data.campaign.id": { not: "7" } } }, "destinations.crm.where.data.campaign.id"],
    ["events", { events: "call.*" }, "destinations.crm.events"],
    ["url", { url: { primary: "https://a.example.com" } }, "destinations.crm.url"],
    ["secrets", { secrets: { v1: "env:A" } }, "destinations.crm.secrets"],
  ])("leaves out %s of a destination, which is a fault: it is still there, and is held", (_, settings, path) => {
    const { crm, ids, faults } = understand({ destination: settings });
    expect(ids).toEqual(ALL);
    expect(faults).toContain(path);
    expect(crm).toMatchObject({ events: ["*"] });
  });

  it("loses a source of a vendor that is no more, and nothing else", () => {
    const { ids, faults } = understand({ source: { vendor: "departed" } });
    expect([ids, faults]).toEqual([["other", "crm", "other"], ["sources.acme.vendor"]]);
  });

  it("is checked like any other", () => {
    expect(understand({ source: { phones: "regional", timezone: "Nowhere" } }).faults).toEqual([
      "sources.acme.phones",
      "sources.acme.timezone",
    ]);
  });

  it.each(["", "{", "5", "[]", '{"sources":5}', '{"destinations":{}}'])("%j is none at all", (text) => {
    expect(parseKeptRelay(text, rules).state).toBe("invalid");
  });
});
