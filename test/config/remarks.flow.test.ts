import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { forgetRelay, loadRelay } from "../../src/config/load-relay.ts";
import { aWork } from "../work.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const MINUTE = 60_000;
const lines: Record<string, unknown>[] = [];

beforeEach(() => {
  forgetRelay();
  vi.spyOn(console, "warn").mockImplementation((line: string) => void lines.push(JSON.parse(line)));
});
afterEach(() => void lines.splice(0));

async function comeIntoForce(bindings: object, secrets: readonly string[], now = NOW): Promise<void> {
  const document = {
    sources: { vcc: { vendor: "vcc-live", keys: ["bare-key-1f2e3d", "env:NOT_SET"] } },
    destinations: { crm: { url: "https://crm.example.com/", secrets } },
  };
  await env.CONFIG.put("relay", JSON.stringify(document));
  await loadRelay(aWork({ env: { ...env, ...bindings }, now: now }));
  await loadRelay(aWork({ env: { ...env, ...bindings }, now: now + 1 }));
}

it("what is remarkable about a version is logged once when it comes into force, and never a secret", async () => {
  await comeIntoForce({}, []);
  expect(lines).toEqual([
    {
      event: "config.remarks",
      version: expect.stringMatching(/^[0-9a-f]{16}$/),
      remarks: [
        "sources.vcc.keys.0: a secret in the configuration itself; env:NAME keeps it out",
        "sources.vcc.keys.1: env:NOT_SET is not set: npx wrangler secret put NOT_SET, or on your machine a line of .dev.vars",
        "destinations.crm.secrets: its deliveries are not signed",
      ],
      more: 0,
    },
  ]);
  await comeIntoForce({}, ["env:NOT_SET"], NOW + MINUTE);
  expect(lines.map(({ version }) => version)).toEqual([lines[0]?.version, lines[1]?.version]);
  expect(lines[1]?.version).not.toBe(lines[0]?.version);
});

it.each([
  ["http://localhost:8787", "false", true],
  ["http://localhost:8787", "true", false],
  ["https://relay.example.com", "false", false],
])("PUBLIC_URL %s while private destinations are allowed: %s is remarked on: %s", async (PUBLIC_URL, allowed, told) => {
  await comeIntoForce({ PUBLIC_URL, ALLOW_PRIVATE_DESTINATIONS: allowed }, []);
  expect(JSON.stringify(lines).includes("PUBLIC_URL: names this machine")).toBe(told);
});
