import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { forgetRelay, loadRelay } from "../../src/config/load-relay.ts";
import { aWork } from "../work.ts";
import { call } from "./call.ts";

const found = z.object({
  path: z.string(),
  message: z.string(),
  near: z.string().optional(),
  line: z.number(),
  column: z.number(),
});
const answer = z.strictObject({ state: z.string(), faults: z.array(found), remarks: z.array(found) });

async function check(document: unknown) {
  const { status, body } = await call("POST", "config/check", document);
  expect(status).toBe(200);
  return answer.parse(body);
}

const KEY = "f3a9c2e1b7d84056";
const config = {
  sources: {
    "acme-vcc": { vendor: "vcc-live", keys: [KEY] },
    "acme-hcc": { vendor: "intelligent-contacts", keys: ["env:HCC_KEY"] },
  },
  destinations: {
    crm: {
      url: "https://crm.example.com/",
      secrets: ["env:CRM_SECRET"],
      sources: ["acme-vc"],
      where: { "data.campain.id": ["7"], "data.raw.any.thing": ["1"], "data.customer.fields.city": ["x"], type: ["a"] },
      mask: { "data.costumer.name": "remove", phones: "last4", "data.raw.x": "remove", name: "last4" },
    },
  },
};
const text = JSON.stringify(config, undefined, 2);
/** Line and column, from 1, of the first place where a text stands. */
function at(mark: string, within = text) {
  const before = within.slice(0, within.indexOf(mark)).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

beforeEach(() => forgetRelay());

describe("POST /api/config/check", () => {
  test("finds a name that stands twice also where *** keeps a secret", async () => {
    const kept = {
      sources: {},
      destinations: {
        crm: { url: "https://a.example.com", secrets: ["whsec_aG9va3N3aXRjaC10ZXN0LWFzay1zZWNyZXQtMzJieXQ="] },
      },
    };
    expect((await call("PUT", "config", kept)).status).toBe(200);
    const shown = (await call("GET", "config")).text;
    expect(shown).toContain("***");
    const twice = shown.replace(/"url"/, '"mask":{"name":"remove"},"mask":{"phone":"last4"},"url"');
    expect(await check(twice)).toMatchObject({ state: "faulty", faults: [{ path: "destinations.crm.mask" }] });
    expect((await call("PUT", "config", twice)).status).toBe(422);
  });

  test("remarks on a destination that gets nothing, and on a type that no event has", async () => {
    const to = (more: object) => ({ url: "https://a.example.com", secrets: ["env:S"], ...more });
    const { state, remarks } = await check({
      sources: {},
      destinations: {
        none: to({ events: [] }),
        late: to({ expireAfter: { "call.answered": 60, "call.anwsered": 60, "call.*": 60 } }),
      },
    });
    expect(state).toBe("valid");
    expect(remarks.filter(({ path }) => !path.includes("secrets"))).toMatchObject([
      { path: "destinations.none", message: expect.stringContaining("gets nothing") },
      { path: "destinations.late.expireAfter.call.anwsered", near: "call.answered" },
      { path: "destinations.late.expireAfter.call.*" },
    ]);
  });

  test("tells every fault and every remark at once, with its place and what may have been meant", async () => {
    const { state, faults, remarks } = await check(text);
    expect(state).toBe("faulty");
    const crm = "destinations.crm";
    expect(faults).toEqual([
      { path: `${crm}.sources.0`, message: "there is no such source", near: "acme-vcc", ...at('"acme-vc"') },
      {
        path: `${crm}.mask.data.costumer.name`,
        message: "no event has anything there",
        near: "data.customer.name",
        ...at('"data.costumer.name"'),
      },
      { path: `${crm}.mask.phones`, message: expect.any(String), near: "phone", ...at('"phones"') },
    ]);
    expect(remarks).toEqual([
      { path: "sources.acme-vcc.keys.0", message: expect.stringContaining("env:NAME"), ...at(`"${KEY}"`) },
      {
        path: "sources.acme-hcc.keys.0",
        message: expect.stringContaining("HCC_KEY is not set"),
        ...at('"env:HCC_KEY"'),
      },
      {
        path: `${crm}.secrets.0`,
        message: expect.stringContaining("CRM_SECRET is not set"),
        ...at('"env:CRM_SECRET"'),
      },
      {
        path: `${crm}.where.data.campain.id`,
        message: "no event has anything there",
        near: "data.campaign.id",
        ...at('"data.campain.id"'),
      },
    ]);
  });

  test("tells faults of the shape and beyond it in one round", async () => {
    const { state, faults, remarks } = await check({
      sources: {
        a: { vendor: "vcclive", keys: ["env:K"] },
        b: { vendor: "voiso", keys: ["env:ADMIN_TOKEN"], zone: "X" },
      },
      destinations: {
        crm: { url: "http://crm.example.com/", secrets: [], events: ["call.complete"], timeout: 5, sources: ["c"] },
      },
      plans: "free",
    });
    expect(state).toBe("invalid");
    expect(faults.map(({ path, near }) => [path, near])).toEqual([
      ["sources.a.vendor", "vcc-live"],
      ["sources.b.zone", undefined],
      ["destinations.crm.timeout", "timeoutMs"],
      ["plans", "plan"],
      ["destinations.crm.events.0", "call.completed"],
      ["destinations.crm.sources.0", undefined],
      ["sources.b.keys.0", undefined],
    ]);
    expect(remarks.map(({ path }) => path)).toEqual(["destinations.crm.secrets"]);
  });

  test("says of a source that is left out for its own fault that it is there", async () => {
    const { faults } = await check({
      sources: { a: { vendor: "nobody", keys: ["env:K"] } },
      destinations: { crm: { url: "https://crm.example.com/", secrets: ["env:S"], sources: ["a"] } },
    });
    expect(faults.map(({ path }) => path)).toEqual(["sources.a.vendor"]);
  });

  test.each([
    ['{\n  "sources": {},\n}', 2, 16, "a trailing comma"],
    ['{\n  // mine\n  "sources": {}\n}', 2, 3, "a comment"],
    ['{ "sources": {} ', 1, 17, "a closing }"],
  ])("says where and why it is not JSON: %j", async (broken, line, column, why) => {
    const { state, faults, remarks } = await check(broken);
    expect([state, remarks]).toEqual(["invalid", []]);
    expect(faults).toEqual([{ path: "", message: expect.stringContaining(why), line, column }]);
  });

  test.each([
    ["short", true],
    ["password", true],
    ["change-me", true],
    ["Summer2026!", true],
    ["user:letmein", true],
    ["f3a9c2e1b7d84056", false],
    ["user:9f8e7d6c5b4a3f2e", false],
    ["correct horse battery staple", false],
  ])("remarks on a key that can be guessed: %s: %s", async (key, weak) => {
    const { state, remarks } = await check({ sources: { a: { vendor: "voiso", keys: [key] } } });
    expect(state).toBe("valid");
    expect(remarks.some(({ message }) => message.includes("guessed"))).toBe(weak);
    expect(JSON.stringify(remarks)).not.toContain(key);
  });

  test("knows what *** stands for, and changes nothing", async () => {
    const put = { ...config, destinations: {} };
    expect((await call("PUT", "config", put)).status).toBe(200);
    const shown = (await call("GET", "config")).text;
    expect((await check(shown)).faults).toEqual([]);
    const { faults } = await check(shown.replace("acme-vcc", "other"));
    expect(faults).toMatchObject([{ path: "sources.other.keys.0", line: 6 }]);
    expect((await call("GET", "config/versions")).body.items).toHaveLength(1);
  });

  test("is for admins", async () => {
    expect((await call("POST", "config/check", config, { authorization: "Bearer wrong" })).status).toBe(401);
  });
});

describe("the same", () => {
  test("is refused by PUT, or comes as warnings", async () => {
    const refused = await call("PUT", "config", text);
    expect(refused.status).toBe(422);
    expect(refused.body.faults).toMatchObject([
      { path: "destinations.crm.sources.0", near: "acme-vcc" },
      { path: "destinations.crm.mask.data.costumer.name", near: "data.customer.name" },
      { path: "destinations.crm.mask.phones", near: "phone" },
    ]);
    expect(refused.body.detail).toContain("there is no such source; did you mean acme-vcc?");
    const { mask: _, sources: __, ...crm } = config.destinations.crm;
    const put = await call("PUT", "config", { ...config, destinations: { crm } });
    expect(put.body.warnings).toContainEqual({
      path: "destinations.crm.where.data.campain.id",
      message: "no event has anything there",
      near: "data.campaign.id",
    });
  });

  test("is said of a PUT that is not JSON", async () => {
    const { status, body } = await call("PUT", "config", '{"sources": {},}');
    expect([status, body.code]).toEqual([400, "malformed_body"]);
    expect(body.detail).toBe("The body is not JSON: a trailing comma (line 1, column 15).");
  });

  test("put into KV by hand is in force: the mask holds its destination, the unknown source matches nothing", async () => {
    await env.CONFIG.put("relay", text);
    const loaded = await loadRelay(aWork({ env }));
    expect(loaded).toMatchObject({ state: "ready", value: { destinations: [{ id: "crm", faulty: "faulty_mask" }] } });
    const { mask: _, ...crm } = config.destinations.crm;
    await env.CONFIG.put("relay", JSON.stringify({ ...config, destinations: { crm } }));
    forgetRelay();
    const narrowed = await loadRelay(aWork({ env }));
    expect(narrowed).toMatchObject({
      state: "ready",
      faulty: [{ path: "destinations.crm.sources.0" }],
      value: { destinations: [{ id: "crm", faulty: undefined }] },
    });
  });
});
