import type { RelayDocument } from "../../config/schema/relay.ts";
import { paint } from "../terminal.ts";
import { fill } from "../webhooks/fill.ts";
import { freshen } from "../webhooks/request.ts";
import { readSample, type Sample } from "../webhooks/sample.ts";
import type { LocalRelay } from "./open.ts";

/** A webhook and a login to try, as far as the demo's sources are there. */
export function tries({ sources }: RelayDocument, { url, values, kept }: LocalRelay): string[] {
  const key = values.DEMO_KEY ?? "";
  const isOwnMap = kept.some(({ binding, key }) => binding === "PERMISSIONS" && key === "vcc");
  const demo = (id: string) => sources[id]?.keys.includes("env:DEMO_KEY") === true;
  return [
    ...(demo("ucontact")
      ? [
          "",
          `${paint("bold", "Try a webhook")}, or npx hookswitch send <vendor> <kind>`,
          curl(`${url}/in/ucontact?key`, readSample("ucontact", "AgentLog"), key),
          paint("dim", "  (the minute where the month belongs is uContact's own way of writing dates; it is undone)"),
        ]
      : []),
    ...(demo("vcc")
      ? [
          "",
          paint(
            "bold",
            isOwnMap
              ? "Try a login"
              : "Try a login (agent 2 is refused project 3, any other of group 2 may log in to all five)",
          ),
          curl(`${url}/in/vcc/project-login?secret-key`, readSample("vcc-live", "project-login"), key),
        ]
      : []),
  ];
}

function curl(url: string, sample: Sample, key: string): string {
  return `  curl '${url}=${encodeURIComponent(key)}' -d '${JSON.stringify(fill(sample.body, freshen(sample, key)))}'`;
}
