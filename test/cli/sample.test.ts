import { describe, expect, test } from "vitest";
import { demoPermissions, demoRelay, demoSourceOf } from "../../src/cli/demo/documents.ts";
import { planDemo } from "../../src/cli/demo/plan.ts";
import { fill } from "../../src/cli/webhooks/fill.ts";
import { buildRequest, freshen } from "../../src/cli/webhooks/request.ts";
import { readSample, sampleNames, vendorNamed } from "../../src/cli/webhooks/sample.ts";
import { parseRelay } from "../../src/config/parse-relay.ts";
import { parseJson } from "../../src/events/json.ts";
import { parsePermissions } from "../../src/login/store/parse-permissions.ts";
import { vendorIds, vendorOf } from "../../src/vendors/index.ts";

const samples = vendorIds.flatMap((vendor) => sampleNames(vendor).map((name) => readSample(vendor, name)));
const now = Date.parse("2026-11-20T09:05:07Z");
const fresh = { now, zone: "Europe/Budapest", key: "k", id: 123456789, uuid: "0d8c7e1a-51b2", extension: 3021 };
const target = { base: "https://relay.example.com", source: "acme", key: "k" };

// A question has nothing that needs to differ, and its event is made from the answer.
const webhooks = samples.filter(({ event }) => event !== "login.decided" && event !== "sync.answered");

describe.each(webhooks.map((sample) => [`${sample.vendor} ${sample.name}`, sample] as const))("%s", (_, sample) => {
  test("becomes the event that it names, with nothing missing", () => {
    const text = JSON.stringify(fill(sample.body, freshen(sample, "k", now)));
    const source = { id: "acme", timezone: "UTC", region: "US" };
    const webhook = { kind: sample.kind, body: parseJson(text), text, receivedAt: now };
    expect(vendorOf(sample.vendor).normalize(webhook, source)).toMatchObject({ type: sample.event });
  });

  test("is never built the same twice", async () => {
    const build = async () => {
      const request = buildRequest(sample, target, freshen(sample, "k"));
      return `${request.url} ${request.method === "POST" ? await request.text() : ""}`;
    };
    expect(await build()).not.toBe(await build());
  });

  test("leaves no placeholder unfilled", () => {
    expect(JSON.stringify(fill(sample.body, fresh))).not.toContain("{{");
  });
});

test("times are filled in each vendor's own form", () => {
  const filled = fill(["{{time-22}}", "{{localtime}}", "{{offsettime}}", "{{compacttime}}", "{{epoch-0.5}}"], fresh);
  expect(filled).toEqual([
    "2026-11-20T09:04:45Z",
    "2026-11-20 10:05:07",
    "2026-11-20T10:05:07+01:00",
    "2026-11-20T09:05:07+0000",
    now / 1000 - 0.5,
  ]);
});

test("uContact's date has the minute where the month belongs", () => {
  expect(fill("{{minutedate}}", fresh)).toBe("2026-05-20 10:05:07");
});

test("a placeholder within a text stays text, a lone one keeps its type", () => {
  expect(fill({ no: "T-{{id}}", id: "{{id}}" }, fresh)).toEqual({ no: "T-123456789", id: 123456789 });
});

test.each([
  ["vcc-live", "user", "https://relay.example.com/in/acme/user?secret-key=k", null],
  ["ucontact", "agentlog", "https://relay.example.com/in/acme?key=k", null],
  ["intelligent-contacts", "call-saved", "https://relay.example.com/in/acme/call-saved", "k"],
  ["voiso", "call-outcome", "https://relay.example.com/in/acme/call-outcome?key=k", null],
] as const)("the key of %s %s goes where the vendor puts it", (vendor, name, url, header) => {
  const request = buildRequest(readSample(vendor, name), target, fresh);
  expect(request.url).toBe(url);
  expect(request.headers.get("x-api-key")).toBe(header);
});

test("Voiso's key goes in the body when the body has a place for it", async () => {
  const request = buildRequest(readSample("voiso", "message.sent"), target, fresh);
  expect(request.url).toBe("https://relay.example.com/in/acme");
  expect(await request.json()).toMatchObject({ secret: "k" });
});

test("a question by GET has its lists in brackets, as PHP writes them", () => {
  const request = buildRequest({ ...readSample("vcc-live", "project-login"), method: "GET" }, target, fresh);
  const { searchParams } = new URL(request.url);
  expect([...searchParams.keys()]).toEqual([
    "secret-key",
    "projectId",
    "userId",
    "username",
    "groupId",
    "secondaryProjectIds[0]",
    "secondaryProjectIds[1]",
    "secondaryProjectIds[2]",
    "secondaryProjectIds[3]",
  ]);
});

test("an unknown vendor or sample is refused with those there are", () => {
  expect(() => vendorNamed("acme")).toThrow(/no vendor acme; there are vcc-live/);
  expect(() => readSample("ucontact", "AgentNap")).toThrow(/no sample AgentNap of ucontact; there are AgentBreak/);
});

test("the demo sends every sample of the vendors that it has a source of", () => {
  const planned = new Set(
    planDemo("http://localhost:8787", "k").map(({ sample }) => `${sample.vendor} ${sample.name}`),
  );
  const wanted = samples.filter(({ vendor }) => demoSourceOf(vendor) !== undefined);
  expect(planned).toEqual(new Set(wanted.map(({ vendor, name }) => `${vendor} ${name}`)));
  expect(wanted.map(({ vendor }) => demoSourceOf(vendor))).toEqual(
    expect.arrayContaining(["vcc", "ucontact", "hcc", "voiso"]),
  );
});

test("the accounts of the demo make valid documents", () => {
  const parsed = [
    parseRelay(JSON.stringify(demoRelay(8788)), { allowPrivate: true }),
    ...Object.values(demoPermissions).map((map) => parsePermissions(JSON.stringify(map))),
  ];
  expect(parsed.filter(({ state }) => state !== "valid")).toEqual([]);
});
