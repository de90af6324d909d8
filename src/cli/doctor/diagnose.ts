import type { Finding } from "../../status/finding.ts";
import { type FindingKind, findingKind, isWrong } from "../../status/kinds.ts";
import { type Advice, forRelay, howToSet, wordsFor } from "../../status/words.ts";

/** What was found out about a relay; what could not be asked is absent. */
export interface Facts {
  readonly url: string;
  /** It runs on this machine. */
  readonly isLocal: boolean;
  /** Which relay of this folder it is, as `--env` says; undefined where nobody knows. */
  readonly environment?: string | undefined;
  readonly health: Health;
  /** Whether its API can be used: `no_token` when nobody gave a token. */
  readonly api?: "open" | "unauthorized" | "no_token" | undefined;
  /** Where it believes to be reached. */
  readonly publicUrl?: string | undefined;
  /** What the self-test found, or why it told nothing. */
  readonly steps?: readonly Step[] | string | undefined;
  readonly remarks?: readonly Fault[];
  readonly faults?: readonly Fault[];
  /** What it says itself needs somebody; undefined when it was not asked, or has no such answer. */
  readonly items?: readonly Finding[] | undefined;
}

/** What `/health` says, or why nothing is known of it: nobody answers (`why`), or somebody who is no relay. */
export type Health =
  | {
      readonly state: "told";
      readonly ok: boolean;
      readonly broken: readonly string[];
      readonly warnings: readonly string[];
    }
  | { readonly state: "silent"; readonly why: string }
  | { readonly state: "no_relay"; readonly status: number };

/** A step of the self-test. `detail`: what is wrong; of one that is well, what is worth a look. */
export interface Step {
  readonly name: string;
  readonly ok: boolean;
  readonly detail?: string | undefined;
}

/** Something that is wrong with a document or a setting, and where. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** One thing that was looked at: well, wrong, or worth a look; and what to do about it. */
export interface Diagnosis {
  readonly state: "well" | "wrong" | "remark";
  readonly what: string;
  readonly next?: string | undefined;
}

/**
 * The steps of the self-test, by the beginning of their names: what is so when one is done, what to do when not, and as
 * what the relay says the same by itself.
 */
const steps: readonly (readonly [name: string, what: string, next: Advice, same?: readonly FindingKind[]])[] = [
  ["configuration", "a configuration is in force", wordsFor("config_unreadable").next, ["config_unreadable"]],
  ["tables", "its tables are those of its code", "npm run deploy migrates them"],
  [
    "webhook",
    "a webhook goes from intake to log",
    "npm run deploy sets the queues up; npx wrangler tail shows what fails",
  ],
  ["queue", "is consumed", "npm run deploy sets the queues up"],
  [
    "login",
    "is decided by its map",
    wordsFor("permissions_missing").next,
    ["permissions_missing", "permissions_unreadable", "permissions_faulty"],
  ],
  ["cron", "cron runs each minute", wordsFor("cron_late").next, ["cron_late"]],
  ["limits", "no limit of the plan is near", wordsFor("limit_near").next, ["limit_near"]],
];

/** From this status on it is the server that fails. */
const SERVER_ERROR = 500;

/** How a reference that stands for nothing is remarked on: what it is to prove or to sign is refused or held. */
const UNSET = /^env:(\w+) is not set/;

/** Judges what was found out. What the relay says by itself is told in its words, and not a second time. */
export function diagnose(facts: Facts): Diagnosis[] {
  const { health, api, items, steps: tried = [], remarks = [], faults = [] } = facts;
  if (health.state !== "told") return [toRelay(wrong(explainSilence(facts.url, health), howToReach(facts)), facts)];
  const found: Diagnosis[] = [
    ...(health.ok ? [well("/health says that it is well")] : []),
    ...(items === undefined ? explainHealth(health) : items.map(tellItem)),
    ...judgeApi(api),
    ...judgeAddress(facts),
    ...(items === undefined ? faults.map(explainFault) : []),
    ...remarks.flatMap((remark) => judgeRemark(remark, facts)),
    ...(typeof tried === "string"
      ? [wrong(`the self-test tells nothing: ${tried}`, "npx wrangler tail --config # shows what fails")]
      : tried.flatMap((step) => judgeStep(step, items))),
  ];
  return found.map((one) => toRelay(one, facts));
}

/** Whether something is wrong. */
export function isUnwell(findings: readonly Diagnosis[]): boolean {
  return findings.some(({ state }) => state === "wrong");
}

function explainSilence(url: string, health: Exclude<Health, { state: "told" }>): string {
  return health.state === "silent"
    ? `nothing answers at ${url} (${health.why})`
    : `what answers at ${url} is no relay: ${url}/health gives ${health.status}`;
}

function howToReach({ isLocal, health }: Facts): Advice {
  if (isLocal) return "npm start, or name the relay by --url";
  if (health.state === "silent") return "npm run deploy; a new address takes some minutes to be known";
  if (health.state === "no_relay" && health.status >= SERVER_ERROR) {
    return "npx wrangler tail --config # shows what fails; npm run rollback puts the build of before in force";
  }
  return "look at the address; a domain is attached to a Worker under Settings, Domains & Routes";
}

function judgeApi(api: Facts["api"]): Diagnosis[] {
  if (api === "open") return [well("its API takes the token")];
  if (api === "unauthorized") return [wrong("its API does not take this token", "use --token or ADMIN_TOKEN")];
  if (api === undefined) return [wrong("its API does not answer", "npx wrangler tail shows what fails")];
  return [{ state: "remark", what: "without a token nothing more can be seen", next: "use --token or ADMIN_TOKEN" }];
}

/** Events name it in `dataschema`, and who reads them looks there. */
function judgeAddress({ url, publicUrl }: Facts): Diagnosis[] {
  if (publicUrl === undefined || new URL(publicUrl).origin === new URL(url).origin) return [];
  const next = `npm run deploy -- --url ${url}`;
  return [{ state: "remark", what: `it believes to be reached at ${publicUrl}`, next }];
}

/** A secret that is not set is told by the relay itself, where it does. */
function judgeRemark({ path, message }: Fault, { isLocal, items }: Facts): Diagnosis[] {
  const [unset, name = ""] = UNSET.exec(message) ?? [];
  if (unset === undefined) return [{ state: "remark", what: `${path}: ${message}` }];
  return items === undefined ? [wrong(`${path}: ${unset}`, howToSet(name, isLocal))] : [];
}

/** What is known without asking further. */
function explainHealth({ broken, warnings }: Extract<Health, { state: "told" }>): Diagnosis[] {
  return [...broken.map((word) => explainWord(word, "wrong")), ...warnings.map((word) => explainWord(word, "remark"))];
}

function explainFault({ path, message }: Fault): Diagnosis {
  const next = "mend it, then npx hookswitch config push relay.json @";
  return wrong(`${path === "" ? "(document)" : path}: ${message}`, next);
}

function explainWord(word: string, state: Diagnosis["state"]): Diagnosis {
  const kind = findingKind.safeParse(word).data;
  return { state, ...(kind === undefined ? { what: word, next: "docs/operations.md" } : wordsFor(kind)) };
}

function tellItem({ kind, sentence, next }: Finding): Diagnosis {
  return { state: isWrong(kind) ? "wrong" : "remark", what: sentence, next };
}

function judgeStep({ name, ok, detail }: Step, items: Facts["items"]): Diagnosis[] {
  const [start = "", what = "", next = "", same = []] = steps.find(([one]) => name.startsWith(one)) ?? [];
  const about = name.slice(start.length).trim();
  const isTold = items?.some(({ kind, subject }) => same.includes(kind) && (start !== "login" || subject === about));
  if (!(ok && detail === undefined) && isTold) return [];
  if (!ok) return [wrong(`${name}: ${detail ?? "failed"}`, next.replaceAll("%", about))];
  if (detail !== undefined) return [{ state: "remark", what: detail, next }];
  return [well(name === start ? what : `${name} ${what}`)];
}

/** What to do is said for the relay that is meant. */
function toRelay(one: Diagnosis, { url, isLocal, environment }: Facts): Diagnosis {
  if (one.next === undefined) return one;
  return { ...one, next: forRelay(one.next, { url: isLocal ? undefined : url, environment }) };
}

function well(what: string): Diagnosis {
  return { state: "well", what };
}

function wrong(what: string, next: Advice | undefined): Diagnosis {
  return { state: "wrong", what, next };
}
