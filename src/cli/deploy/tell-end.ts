import { paint } from "../terminal.ts";
import type { Account } from "./account.ts";
import { awaitHealth } from "./await-health.ts";
import { newSecrets } from "./carry-out.ts";
import { valuePath } from "./documents.ts";
import { pasteList } from "./paste-list.ts";
import type { Plan } from "./plan.ts";
import { step } from "./progress.ts";

/** A new name below workers.dev takes a moment to be known. */
const PATIENCE_MS = 4000;

/** What a deploy came to. `namespace`: that of the configuration. */
export interface End {
  readonly account: Account;
  readonly namespace: string;
  readonly address: string;
  readonly plan: Plan;
}

/** Says whether the relay is well, what to keep, and what to paste where. */
export async function tellEnd({ account, namespace, address, plan }: End): Promise<void> {
  const health = await step(`asked ${address}/health`, () =>
    awaitHealth(address, plan.deploys === "new" ? PATIENCE_MS : 0),
  );
  const relay = await account.api.read(valuePath(account, namespace, "relay"));
  const lines = [
    health === undefined
      ? `${paint("yellow", "!")} it does not answer yet: a new address takes some minutes to be known`
      : sentence(health),
    ...newSecrets(plan.secrets),
    ...(relay === undefined
      ? [`There is no configuration yet: npx hookswitch config push relay.json --url ${address}`]
      : pasteList(relay, address)),
  ];
  console.log(["", ...lines].join("\n"));
}

function sentence({ ok, broken, warnings }: NonNullable<Awaited<ReturnType<typeof awaitHealth>>>): string {
  if (ok) return `${paint("green", "The relay is well.")} ${warnings.join(", ")}`.trimEnd();
  return `${paint("yellow", "The relay runs and is not ready:")} ${broken.join(", ")}`;
}
