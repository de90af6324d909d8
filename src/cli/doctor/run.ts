import { readdirSync, readFileSync } from "node:fs";
import * as z from "zod";
import { readJson } from "../../platform/read-json.ts";
import { inProject } from "../local/project-path.ts";
import { ToldFailure } from "../refusal.ts";
import { localRelayUrl, type RelayOptions, tokenFor } from "../relay/client.ts";
import { paint } from "../terminal.ts";
import { type Diagnosis, diagnose, isUnwell } from "./diagnose.ts";
import { examine } from "./examine.ts";

const DEPLOYED = /^wrangler\.([a-z0-9-]+)\.json$/;
const deployed = z.object({ vars: z.object({ ADDRESS: z.string() }) });

/** Which relay, and how to tell. */
export interface DoctorOptions extends RelayOptions {
  readonly json?: boolean | undefined;
}

/** Says how a relay is, line by line, each with what to do; fails when something is wrong. */
export async function doctor(options: DoctorOptions): Promise<void> {
  const url = options.url ?? localRelayUrl();
  const facts = await examine(url, tokenFor(url, options));
  const findings = diagnose({ ...facts, environment: environmentAt(url) });
  const ok = !isUnwell(findings);
  console.log(options.json ? JSON.stringify({ ok, url, findings }) : [url, ...listFindings(findings)].join("\n"));
  if (!ok) throw new ToldFailure();
}

/** Which relay that was deployed from this folder is at an address, as the configurations that deploys wrote tell. */
function environmentAt(url: string): string | undefined {
  const names = readdirSync(inProject(".")).flatMap((file) => DEPLOYED.exec(file)?.[1] ?? []);
  return names.find((name) => {
    const told = deployed.safeParse(readJson(readFileSync(inProject(`wrangler.${name}.json`), "utf8"))).data;
    return told !== undefined && told.vars.ADDRESS === new URL(url).origin;
  });
}

/** Findings as lines for people. */
export function listFindings(findings: readonly Diagnosis[]): string[] {
  return findings.map(({ state, what, next }) => {
    const advice = next === undefined ? "" : `  ${paint("dim", `→ ${next}`)}`;
    return `  ${marks[state]} ${what}${advice}`;
  });
}

const marks: Readonly<Record<Diagnosis["state"], string>> = {
  well: paint("green", "✓"),
  wrong: paint("red", "✗"),
  remark: paint("yellow", "!"),
};
