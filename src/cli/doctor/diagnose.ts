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
 * What to do, as a command or in words. ` @` stands for which relay is meant, `%` for the source, `#` for the file that says
 * which Worker; `npm run deploy` is said for its environment.
 */
type Advice = string;

/** What to do about the words of `/health`. */
const words: Readonly<Record<string, readonly [what: string, next: Advice]>> = {
  config_unreadable: ["it has no configuration", "npx hookswitch config push relay.json @"],
  config_invalid: ["the configuration in KV is not valid and passed over", "npx hookswitch config push a valid one @"],
  config_faulty: [
    "a part of the configuration is faulty",
    "npx hookswitch config pull relay.json @, mend it, then config push",
  ],
  permissions_unreadable: ["a permission map cannot be read", "npx wrangler tail --config # shows what fails"],
  permissions_invalid: ["a permission map is not valid and passed over", "npx hookswitch permissions check map.json"],
  permissions_faulty: ["a part of a permission map is faulty", "npx hookswitch permissions check map.json"],
  log_unreadable: ["its database cannot be read", "npm run deploy migrates it"],
  public_url_invalid: ["PUBLIC_URL is no URL", "npm run deploy -- --url https://…"],
  admin_token_missing: ["ADMIN_TOKEN is not set: nobody can use its API", "npm run deploy makes one"],
  admin_token_short: [
    "ADMIN_TOKEN is short",
    "npx wrangler secret put ADMIN_TOKEN --config #; openssl rand -hex 32 makes a good one",
  ],
  relay_key_missing: ["RELAY_KEY is not set: ids are not keyed", "npm run deploy makes one"],
};

/** The steps of the self-test, by the beginning of their names: what is so when one is done, and what to do when not. */
const steps: readonly (readonly [name: string, what: string, next: Advice])[] = [
  ["configuration", "a configuration is in force", "npx hookswitch config push relay.json @"],
  ["tables", "its tables are those of its code", "npm run deploy migrates them"],
  [
    "webhook",
    "a webhook goes from intake to log",
    "npm run deploy sets the queues up; npx wrangler tail shows what fails",
  ],
  ["queue", "is consumed", "npm run deploy sets the queues up"],
  ["login", "is decided by its map", "npx hookswitch permissions push permissions/%.json --source % @"],
  ["cron", "cron runs each minute", "wait a minute; npm run deploy sets it up where it is missing"],
  ["limits", "no limit of the plan is near", 'docs/operations.md, "What the Free plan bears"'],
];

/** From this status on it is the server that fails. */
const SERVER_ERROR = 500;

/** How a reference that stands for nothing is remarked on: what it is to prove or to sign is refused or held. */
const UNSET = /^env:(\w+) is not set/;

/** Judges what was found out. */
export function diagnose(facts: Facts): Diagnosis[] {
  const { health, api, steps: tried = [], remarks = [], faults = [] } = facts;
  if (health.state !== "told") return [toRelay(wrong(explainSilence(facts.url, health), howToReach(facts)), facts)];
  const found: Diagnosis[] = [
    ...(health.ok ? [well("/health says that it is well")] : health.broken.map((word) => explainWord(word, "wrong"))),
    ...health.warnings.map((word) => explainWord(word, "remark")),
    ...judgeApi(api),
    ...judgeAddress(facts),
    ...faults.map(({ path, message }) =>
      wrong(
        `${path === "" ? "(document)" : path}: ${message}`,
        "mend it, then npx hookswitch config push relay.json @",
      ),
    ),
    ...remarks.map((remark) => judgeRemark(remark, facts)),
    ...(typeof tried === "string"
      ? [wrong(`the self-test tells nothing: ${tried}`, "npx wrangler tail --config # shows what fails")]
      : tried.map(judgeStep)),
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

function judgeRemark({ path, message }: Fault, { isLocal }: Facts): Diagnosis {
  const [unset, name] = UNSET.exec(message) ?? [];
  if (unset === undefined) return { state: "remark", what: `${path}: ${message}` };
  const next = isLocal
    ? `a line ${name}=… in .dev.vars, then start it again as before`
    : `npx wrangler secret put ${name} --config #`;
  return wrong(`${path}: ${unset}`, next);
}

function explainWord(word: string, state: Diagnosis["state"]): Diagnosis {
  const [what, next] = words[word] ?? [word, "docs/operations.md"];
  return { state, what, next };
}

function judgeStep({ name, ok, detail }: Step): Diagnosis {
  const [start = "", what = "", next] = steps.find(([one]) => name.startsWith(one)) ?? [];
  const about = name.slice(start.length).trim();
  if (!ok) return wrong(`${name}: ${detail ?? "failed"}`, next?.replaceAll("%", about));
  if (detail !== undefined) return { state: "remark", what: detail, next };
  return well(name === start ? what : `${name} ${what}`);
}

/** Every command but one for the relay on this machine has to be told which is meant. */
function toRelay(one: Diagnosis, { url, isLocal, environment }: Facts): Diagnosis {
  const isUsual = isLocal || environment === undefined || environment === "production";
  return one.next === undefined
    ? one
    : {
        ...one,
        next: one.next
          .replace(" @", isLocal ? "" : ` --url ${url}`)
          .replace("#", `wrangler.${environment ?? "<name>"}.json`)
          .replace(/npm run (deploy|rollback)(?: --(?= ))?/, (said) =>
            isUsual ? said : `${said.replace(/ --$/, "")} -- --env ${environment}`,
          ),
      };
}

function well(what: string): Diagnosis {
  return { state: "well", what };
}

function wrong(what: string, next: Advice | undefined): Diagnosis {
  return { state: "wrong", what, next };
}
