import { expect, it } from "vitest";
import { accessSettings } from "../../src/config/access-settings.ts";

const issuerOf = (team: string) => accessSettings((name) => (name === "ACCESS_TEAM" ? team : "aud"))?.issuer;

it.each([
  ["acme", "https://acme.cloudflareaccess.com"],
  ["Acme", "https://acme.cloudflareaccess.com"],
  ["acme.cloudflareaccess.com", "https://acme.cloudflareaccess.com"],
  ["https://acme.cloudflareaccess.com", "https://acme.cloudflareaccess.com"],
  ["https://acme.cloudflareaccess.com/", "https://acme.cloudflareaccess.com"],
  ["http://127.0.0.1:9999", "http://127.0.0.1:9999"],
  ["http://localhost:9999", "http://localhost:9999"],
])("the team %s has the keys of %s", (team, issuer) => {
  expect(issuerOf(team)).toBe(issuer);
});

it.each([
  "",
  "-acme",
  "a b",
  "http://acme.cloudflareaccess.com",
  "https://acme.cloudflareaccess.com/path",
  "https://user:secret@acme.cloudflareaccess.com",
  "https://acme.cloudflareaccess.com?x",
  "http://127.0.0.1.example.com",
  "http://user@127.0.0.1",
  "javascript:alert(1)",
])("the team %j is none", (team) => {
  expect(issuerOf(team)).toBeUndefined();
});

it("has the audiences that are listed", () => {
  const audiences = accessSettings((name) => (name === "ACCESS_TEAM" ? "acme" : "one, two three"))?.audiences;
  expect(audiences).toEqual(["one", "two", "three"]);
  expect(accessSettings((name) => (name === "ACCESS_TEAM" ? "acme" : undefined))).toBeUndefined();
});
