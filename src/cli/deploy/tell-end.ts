import { type Diagnosis, diagnose, type Facts, isUnwell } from "../doctor/diagnose.ts";
import { askHealth, examine } from "../doctor/examine.ts";
import { listFindings } from "../doctor/run.ts";
import { ToldFailure } from "../refusal.ts";
import { paint } from "../terminal.ts";
import { until } from "../until.ts";
import { pasteList } from "./paste-list.ts";
import { timed } from "./progress.ts";

/** A new name below workers.dev takes a moment to be known. */
const PATIENCE_MS = 4000;
const LOOK_MS = 500;

/** What a deploy came to. */
export interface End {
  readonly address: string;
  /** The Worker was not there before: its address takes a while, and cron has not run. */
  readonly isNew: boolean;
  readonly worker: string;
  /** The configuration in force, as JSON text. */
  readonly relay: string | undefined;
  /** The admin token that was made; else it may stand in the environment. */
  readonly token: string | undefined;
  readonly env: string | undefined;
}

/** Says how the relay is, and what to paste where; fails where something is wrong that time does not mend. */
export async function tellEnd({ address, isNew, worker, relay, token, env }: End): Promise<void> {
  const facts = await timed(`tried the relay at ${address}`, async () => {
    if (isNew) await awaitAnswer(address);
    return examine(address, token ?? process.env.ADMIN_TOKEN);
  });
  const findings = findAtEnd({ ...facts, environment: env ?? "production" }, worker, isNew);
  console.log(["", ...listFindings(findings)].join("\n"));
  const pasted = relay === undefined ? [] : pasteList(relay, address);
  if (pasted.length > 0) console.log(["", paint("bold", "Paste into the vendor"), ...pasted].join("\n"));
  // The first time there may be no documents yet, and cron has not run.
  if (!isNew && isUnwell(findings)) throw new ToldFailure();
}

async function awaitAnswer(address: string): Promise<void> {
  const isThere = async () => (await askHealth(address)).state === "told";
  await until(Date.now() + PATIENCE_MS, LOOK_MS, isThere);
}

/** What was found, and why a relay that was deployed just now may not be reached from here. */
function findAtEnd(facts: Facts, worker: string, isNew: boolean): Diagnosis[] {
  const { health, url } = facts;
  const { hostname } = new URL(url);
  const isOwn = !hostname.endsWith(".workers.dev");
  if (health.state === "told" || (health.state === "no_relay" && !isNew && !isOwn)) return diagnose(facts);
  const what = isOwn
    ? `no relay answers there: attach ${hostname} to ${worker} in the dashboard, Settings, Domains & Routes`
    : "no relay answers there yet: a new address takes some minutes to be known";
  const state = health.state === "no_relay" && !isNew ? "wrong" : "remark";
  return [{ state, what, next: `then npx hookswitch doctor --url ${url}` }];
}
