import type { VendorId } from "../../vendors/index.ts";
import { LOOPBACK } from "../listen.ts";
import { demoAccounts } from "./account.ts";

/** The values that the demo's references stand for, unless the environment sets others. */
export const demoSecrets = {
  DEMO_KEY: "demo-key",
  DEMO_SINK_SECRET: "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==",
} as const;

const keys = ["env:DEMO_KEY"];

/** One account of each vendor, and the sink, which wants everything. */
export function demoRelay(sinkPort: number): { sources: Record<string, object>; destinations: Record<string, object> } {
  const sink = `http://${LOOPBACK}:${sinkPort}`;
  const sources = [...demoAccounts].map(([vendor, { source, settings }]) => [
    source,
    { vendor, keys, ...fillSink(settings, sink) },
  ]);
  return {
    sources: Object.fromEntries(sources),
    destinations: {
      sink: { url: `${sink}/`, secrets: ["env:DEMO_SINK_SECRET"] },
    },
  };
}

/** The sink answers the questions of the demo's sources, too. */
function fillSink(settings: object, sink: string): object {
  return JSON.parse(JSON.stringify(settings).replaceAll("{{sink}}", sink));
}

/** The demo's source of a vendor, if it has one. */
export function demoSourceOf(vendor: VendorId): string | undefined {
  return demoAccounts.get(vendor)?.source;
}

/** The permission maps of the demo's sources, as far as they have one. */
export const demoPermissions: Readonly<Record<string, object>> = Object.fromEntries(
  [...demoAccounts.values()].flatMap(({ source, permissions }) =>
    permissions === undefined ? [] : [[source, permissions]],
  ),
);
