import { diagnose, isUnwell } from "../doctor/diagnose.ts";
import { askHealth, examine } from "../doctor/examine.ts";
import { listFindings } from "../doctor/run.ts";
import { ToldFailure } from "../refusal.ts";
import { paint } from "../terminal.ts";
import { until } from "../until.ts";
import type { CloudAccount } from "./cloud/account.ts";
import { pasteList } from "./paste-list.ts";
import { valuePath } from "./plan/documents.ts";
import type { Plan } from "./plan/plan.ts";
import { timed } from "./progress.ts";

/** A new name below workers.dev takes a moment to be known. */
const PATIENCE_MS = 4000;
const LOOK_MS = 500;

/** What a deploy came to. `namespace`: that of the configuration. */
export interface End {
  readonly account: CloudAccount;
  readonly namespace: string;
  readonly address: string;
  readonly plan: Plan;
}

/** Says how the relay is, and what to paste where; fails where something is wrong that time does not mend. */
export async function tellEnd({ account, namespace, address, plan }: End): Promise<void> {
  const token = plan.secrets.find(({ name }) => name === "ADMIN_TOKEN")?.value ?? process.env.ADMIN_TOKEN;
  const facts = await timed(`asked ${address} how it is`, async () => {
    if (plan.deploys === "new") await awaitAnswer(address);
    return examine(address, token);
  });
  const findings = diagnose(facts);
  const relay = await account.api.read(valuePath(account, namespace, "relay"));
  const pasted = relay === undefined ? [] : pasteList(relay, address);
  const lines = [
    ...(facts.health === undefined
      ? [
          `  ${paint("yellow", "!")} it does not answer yet: a new address takes some minutes to be known`,
          `  ${paint("dim", `then npx hookswitch doctor --url ${address}`)}`,
        ]
      : listFindings(findings)),
    ...(pasted.length === 0 ? [] : ["", paint("bold", "Paste into the vendor"), ...pasted]),
  ];
  console.log(["", ...lines].join("\n"));
  // The first time there may be no documents yet, and cron has not run.
  const isSettled = facts.health !== undefined && plan.deploys !== "new";
  if (isSettled && isUnwell(findings)) throw new ToldFailure();
}

function awaitAnswer(address: string): Promise<void> {
  return until(Date.now() + PATIENCE_MS, LOOK_MS, async () => (await askHealth(address)) !== undefined);
}
