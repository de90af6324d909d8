import { diagnose, isUnwell } from "../doctor/diagnose.ts";
import { askHealth, examine } from "../doctor/examine.ts";
import { listFindings } from "../doctor/run.ts";
import { ToldFailure } from "../refusal.ts";
import { paint } from "../terminal.ts";
import { until } from "../until.ts";
import { pasteList } from "./paste-list.ts";
import type { Plan } from "./plan/plan.ts";
import { timed } from "./progress.ts";

/** A new name below workers.dev takes a moment to be known. */
const PATIENCE_MS = 4000;
const LOOK_MS = 500;

/** What a deploy came to. */
export interface End {
  readonly address: string;
  readonly worker: string;
  readonly plan: Plan;
  /** The configuration in force, as JSON text. */
  readonly relay: string | undefined;
}

/** Says how the relay is, and what to paste where; fails where something is wrong that time does not mend. */
export async function tellEnd({ address, worker, plan, relay }: End): Promise<void> {
  const token = plan.secrets.find(({ name }) => name === "ADMIN_TOKEN")?.value ?? process.env.ADMIN_TOKEN;
  const facts = await timed(`tried the relay at ${address}`, async () => {
    if (plan.deploys === "new") await awaitAnswer(address);
    return examine(address, token);
  });
  const isThere = facts.health.state === "told";
  const findings = diagnose(facts);
  const pasted = relay === undefined ? [] : pasteList(relay, address);
  const lines = [
    ...(isThere ? listFindings(findings) : whyNotYet(address, worker)),
    ...(pasted.length === 0 ? [] : ["", paint("bold", "Paste into the vendor"), ...pasted]),
  ];
  console.log(["", ...lines].join("\n"));
  // The first time there may be no documents yet, and cron has not run.
  if (isThere && plan.deploys !== "new" && isUnwell(findings)) throw new ToldFailure();
}

async function awaitAnswer(address: string): Promise<void> {
  const isThere = async () => (await askHealth(address)).state === "told";
  await until(Date.now() + PATIENCE_MS, LOOK_MS, isThere);
}

/** What keeps a relay that was deployed from being reached. */
function whyNotYet(address: string, worker: string): string[] {
  const { hostname } = new URL(address);
  const why = hostname.endsWith(".workers.dev")
    ? "no relay answers there yet: a new address takes some minutes to be known"
    : `no relay answers there: attach ${hostname} to ${worker} in the dashboard, Settings, Domains & Routes`;
  return [`  ${paint("yellow", "!")} ${why}`, `  ${paint("dim", `→ then npx hookswitch doctor --url ${address}`)}`];
}
