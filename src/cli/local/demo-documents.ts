import type * as z from "zod";
import type { relay } from "../../config/schema/relay.ts";
import type { permissions } from "../../login/rules.ts";
import type { VendorId } from "../../vendors/index.ts";
import { LOOPBACK } from "../listen.ts";
import { zoneOf } from "../webhooks/zone.ts";

/** The values that the demo's references stand for, unless the environment sets others. */
export const demoSecrets = {
  DEMO_KEY: "demo-key",
  DEMO_SINK_SECRET: "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==",
} as const;

const keys = ["env:DEMO_KEY"];

/** One account of each vendor, and the sink, which wants everything. */
export function demoRelay(sinkPort: number): z.input<typeof relay> {
  return {
    sources: {
      vcc: { vendor: "vcc-live", keys, timezone: zoneOf("vcc-live"), region: "HU" },
      ucontact: { vendor: "ucontact", keys, timezone: zoneOf("ucontact"), region: "UY" },
      hcc: {
        vendor: "intelligent-contacts",
        keys,
        timezone: zoneOf("intelligent-contacts"),
        region: "US",
        phones: "national",
        labels: {
          disposition: { "51": { label: "Promise to pay", outcome: "goal" } },
          result: { "2": { label: "Contact" } },
        },
      },
      voiso: { vendor: "voiso", keys },
    },
    destinations: {
      sink: { url: `http://${LOOPBACK}:${sinkPort}/`, secrets: ["env:DEMO_SINK_SECRET"] },
    },
  };
}

/** The demo's source of a vendor, if it has one. */
export function demoSourceOf(vendor: VendorId): string | undefined {
  return Object.entries(demoRelay(0).sources).find(([, source]) => source.vendor === vendor)?.[0];
}

/**
 * Group 2 may work on five projects and agent 2 of it not on the third: the answer that VCC Live's manual prints.
 * Every other agent of the group is let in.
 */
export const demoPermissions: Readonly<Record<string, z.input<typeof permissions>>> = {
  vcc: {
    groups: { "2": { allow: [1, 2, 3, 4, 5] } },
    users: { "2": { deny: [3], note: "not trained for project 3" } },
  },
};
