import { ToldFailure } from "../refusal.ts";
import { localRelayUrl, type RelayOptions, tokenFor } from "../relay/client.ts";
import { paint } from "../terminal.ts";
import { type Diagnosis, diagnose, isUnwell } from "./diagnose.ts";
import { examine } from "./examine.ts";

/** Which relay, and how to tell. */
export interface DoctorOptions extends RelayOptions {
  readonly json?: boolean | undefined;
}

/** Says how a relay is, line by line, each with what to do; fails when something is wrong. */
export async function doctor(options: DoctorOptions): Promise<void> {
  const url = options.url ?? localRelayUrl();
  const findings = diagnose(await examine(url, tokenFor(url, options)));
  const ok = !isUnwell(findings);
  console.log(options.json ? JSON.stringify({ ok, url, findings }) : [url, ...listFindings(findings)].join("\n"));
  if (!ok) throw new ToldFailure();
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
