import { expect, test } from "vitest";
import type { LocalRelay } from "../../src/cli/local/open.ts";
import { welcomeText } from "../../src/cli/local/welcome.ts";

const SECRET = "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==";
const values = {
  ADMIN_TOKEN: "dev-admin-token",
  PUBLIC_URL: "http://localhost:8787",
  GOOD: SECRET,
  BROKEN: "whsec_canary!!!",
  HEADER_BROKEN: "canary\nin two lines",
};

function said(document: object, missing: readonly string[] = [], replaced: LocalRelay["replaced"] = []): string {
  const local: LocalRelay = {
    url: "http://localhost:8787",
    sinkUrl: "http://localhost:8788",
    adminToken: values.ADMIN_TOKEN,
    relay: JSON.stringify(document),
    values,
    kept: [],
    replaced,
    missing,
    signInLink: async () => "",
    reload: async () => undefined,
    close: async () => undefined,
  };
  return welcomeText(local, "/tmp/state", "http://localhost:8787/dashboard/sign-in#link=code");
}

const source = { vendor: "voiso", keys: ["env:KEY"] };

test("start tells what is remarkable about the configuration, each thing once", () => {
  const text = said(
    {
      sources: { acme: { ...source, keys: ["env:KEY", "canary-bare-key"] } },
      destinations: {
        crm: { url: "http://127.0.0.1:9000/", secrets: ["env:BROKEN"], headers: { "x-a": "env:HEADER_BROKEN" } },
        bi: { url: "http://127.0.0.1:9000/", secrets: [], mask: { phone: "pseudonym" } },
      },
    },
    ["KEY"],
  );
  for (const line of [
    "env:KEY is set neither in the environment nor in .dev.vars: add a line KEY=… to .dev.vars, then npm start again",
    "sources.acme.keys.1: a secret in the configuration itself",
    "destinations.crm.secrets.0: env:BROKEN: not base64 after whsec_",
    "destinations.crm.headers.x-a: env:HEADER_BROKEN: no header can have this value",
    "destinations.bi.secrets: its deliveries are not signed",
    "destinations.bi.mask.phone: removed until MASK_KEY or RELAY_KEY is set",
  ]) {
    expect(text.split(line)).toHaveLength(2);
  }
  expect(text).not.toMatch(/canary|wrangler secret put/);
});

test("start tells what is faulty in a configuration that was put into KV by hand", () => {
  const text = said({
    sources: { acme: { ...source, timezone: "Nowhere" } },
    destinations: { loop: { url: "http://127.0.0.1:8787/", secrets: ["env:GOOD"] } },
  });
  expect(text).toContain("sources.acme.timezone: not an IANA time zone");
  expect(text).toContain("destinations.loop.url: itself");
  expect(text).not.toContain("last good version");
});

test("start tells which edits gave way to the operator's own files", () => {
  const at = new Date(2026, 10, 20, 17, 17).getTime();
  const text = said(
    { sources: {} },
    [],
    [
      { binding: "CONFIG", key: "relay", file: "/etc/relay.json" },
      { binding: "PERMISSIONS", key: "acme", file: "maps/acme.json", was: { version: 5, who: "api", at } },
    ],
  );
  expect(text).toContain("/etc/relay.json replaces what had been put into CONFIG relay by hand");
  expect(text).toContain(
    "maps/acme.json replaces version 5 of acme, by api, 2026-11-20 17:17; npx hookswitch permissions rollback --source acme 5 undoes that",
  );
});

test("start says of a signed source how it is signed, and names no secret", () => {
  const signature = { algorithm: "sha256", header: "x-hub-signature-256", encoding: "hex", prefix: "sha256=" };
  const text = said({ sources: { fifth: { vendor: "generic", keys: ["env:FIFTH_SECRET"], signature } } });
  expect(text).toContain("/in/fifth  signed: x-hub-signature-256, sha256, hex");
  expect(text).not.toContain("<FIFTH_SECRET>");
});
