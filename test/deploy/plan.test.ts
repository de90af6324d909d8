import { describe, expect, it } from "vitest";
import type { Found } from "../../src/cli/deploy/cloud/look.ts";
import type { SecretToSet } from "../../src/cli/deploy/cloud/upload.ts";
import { judgeAddress, makePlan } from "../../src/cli/deploy/plan/plan.ts";
import { resourceNamesOf } from "../../src/cli/deploy/project/names.ts";
import { readProject } from "../../src/cli/deploy/project/project.ts";
import { olderBuilds } from "../../src/cli/deploy/roll-back.ts";

const USUAL = "https://hookswitch.acme.workers.dev";
const OWN = "https://hooks.example.com";
const live = { secrets: ["ADMIN_TOKEN", "RELAY_KEY", "PUBLIC_URL"], isOpen: true, isSplit: false };

describe("where a relay is reached", () => {
  it.each([
    ["a new one", undefined, {}, { url: USUAL, isMoved: false, isSure: true }],
    ["a new one with an address of its own", undefined, { chosen: OWN }, { url: OWN, isMoved: false, isSure: true }],
    ["one that stays", live, { known: OWN }, { url: OWN, isMoved: false, isSure: true }],
    ["one that is told the same", live, { known: OWN, chosen: OWN }, { url: OWN, isMoved: false, isSure: true }],
    ["one that moves", live, { known: USUAL, chosen: OWN }, { url: OWN, isMoved: true, isSure: true }],
    ["one of which nobody knows", live, {}, { url: USUAL, isMoved: false, isSure: false }],
    ["one of which somebody says it", live, { chosen: OWN }, { url: OWN, isMoved: true, isSure: true }],
    ["one that was never told", { ...live, secrets: [] }, { chosen: OWN }, { url: OWN, isMoved: false, isSure: true }],
  ] as const)("%s", (_, worker, said, address) => {
    expect(judgeAddress({ worker, subdomain: "acme" }, "hookswitch", said)).toEqual(address);
  });

  it("one in an account without a name is not known", () => {
    expect(judgeAddress({}, "hookswitch", {}).url).toBeUndefined();
  });
});

describe("what a relay is made of", () => {
  it.each([
    ["hookswitch", undefined],
    ["hookswitch", "staging"],
    ["my-relay", undefined],
  ])("%s, %s: has names of its own", (base, environment) => {
    const names = resourceNamesOf(base, environment);
    const worker = environment === undefined ? base : `${base}-${environment}`;
    const all = [...Object.values(names.namespaces), names.database, ...Object.values(names.queues)];
    expect(all.filter((name) => !name.startsWith(`${worker}-`))).toEqual([]);
    expect(new Set(all).size).toBe(6);
    expect(names.rateLimit).toMatch(/^[1-9]\d{0,8}$/);
  });
});

describe("what a relay can go back to", () => {
  const version = (number: number, build?: string) => ({ id: String(number), number, build, secrets: [] });
  const all = [version(4, "c"), version(3, "b"), version(2, "b"), version(1, "a"), version(0)];

  it.each([
    ["the builds before", version(4, "c"), false, ["3", "2", "1", "0"]],
    ["no other secrets of the same build", version(3, "b"), false, ["1", "0"]],
    ["what is older, once it was rolled back", version(1, "a"), false, ["0"]],
    ["while two share the requests, the older one, too", version(5, "d"), true, ["4", "3", "2", "1", "0"]],
    ["anything older, where nobody knows the build", version(3), false, ["2", "1", "0"]],
  ])("%s", (_, now, isSplit, ids) => {
    expect(olderBuilds(now, all, isSplit).map(({ id }) => id)).toEqual(ids);
  });
});

describe("a plan", () => {
  const project = readProject();
  const address = { url: USUAL, isMoved: false, isSure: true };
  const secrets: SecretToSet[] = live.secrets.map((name) => ({
    name,
    value: "v",
    from: name === "PUBLIC_URL" ? "plan" : "made",
  }));
  const whole: Found = {
    namespaces: { CONFIG: "a", PERMISSIONS: "b" },
    database: "c",
    queues: new Map(Object.values(project.names.queues).map((name) => [name, ["hookswitch"]])),
    migrated: project.migrations,
    subdomain: "acme",
    worker: { ...live, build: "one", crons: ["* * * * *"] },
  };
  const wanted = { build: "one", address, secrets, unset: [], isBegun: false, documents: [] };

  it.each<[string, Partial<Found>, object, string | undefined]>([
    ["the same", {}, {}, undefined],
    ["another build", {}, { build: "two" }, "changed"],
    ["no Worker", { worker: undefined }, {}, "new"],
    ["a Worker without a secret", { worker: { ...live, build: "one", secrets: [] } }, {}, "changed"],
    ["no cron", { worker: { ...live, build: "one", crons: [] } }, {}, "incomplete"],
    ["nobody who tells of cron", { worker: { ...live, build: "one" } }, {}, "incomplete"],
    [
      "nobody who tells of cron after all was done",
      { worker: { ...live, build: "one" } },
      { lastBuild: "one" },
      undefined,
    ],
    ["no address", { worker: { ...live, build: "one", crons: ["* * * * *"], isOpen: false } }, {}, "incomplete"],
    [
      "a queue that nobody consumes",
      { queues: new Map(Object.values(project.names.queues).map((q) => [q, []])) },
      {},
      "incomplete",
    ],
    ["a queue less", { queues: new Map([...whole.queues].slice(1)) }, {}, "incomplete"],
  ])("with %s: %s", (_, found, wants, deploys) => {
    expect(makePlan(project, { ...whole, ...found }, { ...wanted, ...wants }).deploys).toBe(deploys);
  });

  it("replaces no secret but PUBLIC_URL, when the relay moves", () => {
    const moved = { ...wanted, address: { ...address, isMoved: true } };
    expect(makePlan(project, whole, wanted).secrets).toEqual([]);
    expect(makePlan(project, whole, moved).secrets.map(({ name }) => name)).toEqual(["PUBLIC_URL"]);
  });

  it("says what nobody should overlook", () => {
    expect(makePlan(project, { ...whole, worker: undefined }, wanted).remarks.join()).toContain(
      "set RELAY_KEY to its key",
    );
    const begun = { ...wanted, isBegun: true, unset: ["VCC_KEY"] };
    expect(makePlan(project, { ...whole, worker: undefined }, begun).remarks).toEqual([
      expect.stringMatching(/^VCC_KEY is set neither in the Worker nor in \.dev\.vars/),
    ]);
    const unsure = { ...wanted, address: { ...address, isSure: false } };
    expect(makePlan(project, whole, unsure).remarks.join()).toContain("PUBLIC_URL stays as it is");
    const pulled = new Map([["hookswitch-events", ["http_pull"]]]);
    expect(makePlan(project, { ...whole, queues: pulled }, wanted).obstacles.join()).toContain("another, http_pull");
  });
});
