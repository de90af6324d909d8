import { statSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseRelay } from "../../src/config/parse-relay.ts";
import { parsePermissions } from "../../src/login/store/parse-permissions.ts";
import { ProjectFolder } from "./folder.ts";

let folder: ProjectFolder;
beforeAll(() => {
  folder = new ProjectFolder();
});
afterAll(() => folder.remove());

const CRM = "https://crm.example.com/hooks";

/** Each test goes on where the one before it ended. */
it("asks which vendors, and nobody answers", async () => {
  const { code, err } = await folder.run(["init"]);
  expect(code).toBe(2);
  expect(err).toContain("which vendors? --vendor vcc-live ");
});

it.each([
  ["--vendor", "nobody"],
  ["--vendor", "voiso", "--destination", "http://crm.example.com"],
  ["--vendor", "voiso", "--zone", "Mars"],
])("takes no %s %s %s %s", async (...args) => {
  expect((await folder.run(["init", ...args])).code).toBe(2);
});

it("writes a configuration, a map and secrets that the relay takes, and says what comes next", async () => {
  folder.write(".dev.vars", 'VOISO_KEY="mine"');
  const args = ["--vendor", "vcc-live", "voiso", "--zone", "Europe/Budapest", "--destination", CRM, `${CRM}/2`];
  const { code, out, err } = await folder.run(["init", ...args]);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toContain("npm run deploy");
  expect(parseRelay(folder.read("relay.json"), { allowPrivate: false })).toMatchObject({
    state: "valid",
    value: {
      sources: {
        vcc: { vendor: "vcc-live", keys: ["env:VCC_KEY"], timezone: "Europe/Budapest" },
        voiso: { vendor: "voiso", keys: ["env:VOISO_KEY"] },
      },
      destinations: { crm: { url: CRM, secrets: ["env:CRM_SECRET"] }, "crm-2": { secrets: ["env:CRM_2_SECRET"] } },
    },
  });
  expect(parsePermissions(folder.read("permissions/vcc.json"))).toMatchObject({ state: "valid" });
  const secrets = parseEnv(folder.read(".dev.vars"));
  expect(secrets).toMatchObject({ VOISO_KEY: "mine", CRM_SECRET: expect.stringMatching(/^whsec_[\w+/]{43}=$/) });
  expect(secrets.VCC_KEY).toMatch(/^[\w-]{32}$/);
  expect(new Set(Object.values(secrets)).size).toBe(4);
  expect(out).not.toContain(secrets.VCC_KEY);
  expect(statSync(join(folder.path, ".dev.vars")).mode & 0o777).toBe(0o600);
});

it("tells programs what it wrote, and keeps the plan that was said", async () => {
  const other = new ProjectFolder();
  const { out } = await other.run(["init", "--vendor", "voiso", "--plan", "free", "--zone", "UTC", "--json"]);
  expect(JSON.parse(out)).toEqual({
    files: ["relay.json"],
    secrets: ["VOISO_KEY"],
    zone: "UTC",
    next: ["npm start -- --config relay.json", "npm run deploy"],
  });
  expect(JSON.parse(other.read("relay.json"))).toMatchObject({ plan: "free" });
  other.remove();
});

it("replaces nothing that is there", async () => {
  const before = folder.read("relay.json");
  const { code, err } = await folder.run(["init", "--vendor", "generic"]);
  expect([code, folder.read("relay.json")]).toEqual([1, before]);
  expect(err).toContain("relay.json is there already");
});
