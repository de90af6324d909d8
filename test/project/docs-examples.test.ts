import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { examine } from "../../src/config/check/examine.ts";
import { destination } from "../../src/config/schema/destination.ts";
import { relay } from "../../src/config/schema/relay.ts";
import { source } from "../../src/config/schema/source.ts";
import { checkPermissions } from "../../src/login/map/check.ts";
import { permissions } from "../../src/login/rules.ts";
import { parsePermissions } from "../../src/login/store/parse-permissions.ts";

const text = readFileSync("docs/examples/relay.json", "utf8");
const maps = readdirSync("docs/examples/permissions");
const members = z.record(z.string(), z.record(z.string(), z.unknown()));
const document = z.looseObject({ sources: members, destinations: members }).parse(JSON.parse(text));
const namesIn = (parts: z.infer<typeof members>) => new Set(Object.values(parts).flatMap((part) => Object.keys(part)));

describe("docs/examples/relay.json", () => {
  it("is taken by every relay, without a fault or a remark", async () => {
    const lookup = (name: string) =>
      name === "ACCESS_TEAM"
        ? "acme"
        : /SECRET/.test(name)
          ? `whsec_${btoa(name.repeat(4))}`
          : `key-${name}-5b1d0c4e9f7a`;
    expect(await examine(text, { rules: { allowPrivate: false }, lookup })).toMatchObject({
      state: "valid",
      faults: [],
      remarks: [],
    });
  });

  it("shows every setting that there is", () => {
    expect(new Set(Object.keys(document))).toEqual(new Set(Object.keys(relay.shape)));
    expect(namesIn(document.sources)).toEqual(new Set(Object.keys(source.shape)));
    expect(namesIn(document.destinations)).toEqual(new Set(Object.keys(destination.shape)));
  });

  it("has a map for a source that asks about logins, which is taken", () => {
    for (const file of maps) {
      expect(Object.keys(document.sources)).toContain(file.replace(/\.json$/, ""));
      const parsed = parsePermissions(readFileSync(join("docs/examples/permissions", file), "utf8"));
      expect(parsed.state).toBe("valid");
      if (parsed.state === "valid") {
        expect(checkPermissions(parsed.value, "Europe/Budapest", Date.parse("2026-11-20T09:00:00Z"))).toEqual([]);
        expect(new Set(Object.keys(parsed.value))).toEqual(new Set(Object.keys(permissions.shape)));
      }
    }
    expect(maps.length).toBeGreaterThan(0);
  });
});

it("docs/README.md leads to every page", () => {
  const index = readFileSync("docs/README.md", "utf8");
  const pages = readdirSync("docs", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md"));
  expect(pages.filter((page) => page !== "README.md" && !index.includes(`](${page})`))).toEqual([]);
});
