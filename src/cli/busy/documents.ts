import { demoPermissions, demoRelay } from "../demo/documents.ts";
import { LOOPBACK } from "../listen.ts";
import { FAILING, REFUSING } from "./sink-answers.ts";

const keys = ["env:DEMO_KEY"];
const secrets = ["env:DEMO_SINK_SECRET"];

/** After so many minutes without a webhook the vendor that has fallen silent is told of. */
const SILENT_AFTER_MINUTES = 0.5;

/** The demo, and beside it what goes wrong in life. */
export function busyRelay(sinkPort: number): object {
  const { sources, destinations } = demoRelay(sinkPort);
  const sink = `http://${LOOPBACK}:${sinkPort}`;
  return {
    sources: {
      ...sources,
      "voiso-east": { vendor: "voiso", keys, silentAfter: SILENT_AFTER_MINUTES },
      "vcc-berlin": { vendor: "vcc-live", keys, timezone: "Europe/Berlin", region: "DE", guard: { mode: "shadow" } },
    },
    destinations: {
      ...destinations,
      crm: { url: `${sink}${FAILING}`, secrets, events: ["call.completed", "agent.status_changed"] },
      billing: { url: `${sink}${REFUSING}`, secrets, events: ["payment.*"], retry: { delays: [1, 2] } },
      warehouse: { url: `${sink}/`, secrets, events: ["call.completed", "user.*"], format: "standard" },
    },
  };
}

/** The demo's maps: in that of `vcc` somebody is kept out of a project, that of `vcc-berlin` has an end that is no time. */
export const busyPermissions: Readonly<Record<string, object>> = {
  ...demoPermissions,
  vcc: {
    default: { allow: [1, 2] },
    groups: { "2": { allow: [1, 2, 3, 4, 5] }, "7": { allow: [7, 11, 12] } },
    users: { "2": { deny: [3], note: "not trained for project 3" } },
    usernames: { nora: { deny: [11], note: "on leave from project 11 until January" } },
  },
  "vcc-berlin": {
    default: { allow: [1, 2] },
    usernames: { nora: { allow: [11], until: "next Friday" } },
  },
};
