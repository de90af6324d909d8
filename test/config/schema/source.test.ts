import { describe, expect, it } from "vitest";
import { parseRelay } from "../../../src/config/parse-relay.ts";

const faultsOf = (source: object) => {
  const parsed = parseRelay(JSON.stringify({ sources: { acme: { vendor: "voiso", keys: ["k"], ...source } } }), {
    allowPrivate: false,
  });
  return parsed.state === "valid" ? [] : parsed.faults.map(({ path, message }) => `${path}: ${message}`);
};
const basic = { in: "basic" };

describe("a source is refused", () => {
  it.each<[string, object, string]>([
    [
      "with a disposition's outcome of no class",
      { labels: { disposition: { "9": { outcome: "answered" } } } },
      "sources.acme.labels.disposition.9.outcome: has to be one of reached, goal, not_reached",
    ],
    [
      "with a result's outcome of no class",
      { labels: { result: { "2": { outcome: "Contact" } } } },
      "sources.acme.labels.result.2.outcome: has to be one of answered",
    ],
    [
      "with a status of no class",
      { labels: { status: { Lunch: { outcome: "lunch" } } } },
      "sources.acme.labels.status.Lunch.outcome: has to be one of available",
    ],
    [
      "with a campaign's outcome, which there is none of",
      { labels: { campaign: { "7": { outcome: "goal" } } } },
      "sources.acme.labels.campaign.7.outcome: no such member",
    ],
    [
      "with a basic key without a colon",
      { auth: basic, keys: ["user:password", "password"] },
      "sources.acme.keys.1: a key for basic is written user:password",
    ],
    [
      "with such a key in a list of such places",
      { auth: [basic, { ...basic, name: "x-auth" }] },
      "sources.acme.keys.0: a key for basic is written user:password",
    ],
    ["with an empty step in a scrub path", { scrub: ["a.b", "a..b"] }, "sources.acme.scrub.1: names with one dot"],
    ["with an empty scrub path", { scrub: [""] }, "sources.acme.scrub.0: names with one dot"],
    ["with a scrub path that ends in a dot", { scrub: ["a."] }, "sources.acme.scrub.0: names with one dot"],
    [
      "with a key in the headers of a body",
      { auth: { in: "body", name: "headers" } },
      "sources.acme.auth.name: the member headers of a body never counts as proof",
    ],
    [
      "with such a key among others",
      { auth: [{ in: "query" }, { in: "body", name: "headers" }] },
      "sources.acme.auth.1.name: the member headers of a body never counts as proof",
    ],
  ])("%s", (_, source, fault) => {
    expect(faultsOf(source)).toEqual([expect.stringContaining(fault)]);
  });
});

describe("a source is taken", () => {
  it.each<[string, object]>([
    [
      "with labels of the closed classes, or of none",
      {
        labels: {
          disposition: { "9": { label: "Promise", outcome: "goal" }, "10": {} },
          result: { "2": { outcome: "machine" } },
          status: { Lunch: { outcome: "break" } },
          campaign: { "7": { label: "Winter" } },
        },
      },
    ],
    ["with a basic key behind a reference", { auth: basic, keys: ["env:BASIC"] }],
    ["with a key without colon where it may also be elsewhere", { auth: [basic, { in: "query" }] }],
    ["with scrub paths of names, positions and stars", { scrub: ["a", "a.b", "*.0.ssn"] }],
    ["with a header called headers", { auth: { in: "header", name: "headers" } }],
  ])("%s", (_, source) => {
    expect(faultsOf(source)).toEqual([]);
  });
});
