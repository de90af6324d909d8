/** What was found out about a relay; what could not be asked is absent. */
export interface Facts {
  readonly url: string;
  readonly health?: Health | undefined;
  /** Whether its API can be used: `no_token` when nobody gave a token. */
  readonly api?: "open" | "unauthorized" | "no_token" | undefined;
  /** Where it believes to be reached. */
  readonly publicUrl?: string | undefined;
  readonly steps?: readonly { readonly name: string; readonly ok: boolean; readonly detail?: string | undefined }[];
  readonly remarks?: readonly { readonly path: string; readonly message: string }[];
  readonly faults?: readonly { readonly path: string; readonly message: string }[];
}

/** What `/health` says. */
export interface Health {
  readonly ok: boolean;
  readonly broken: readonly string[];
  readonly warnings: readonly string[];
}

/** One thing that was looked at: well, wrong, or worth a look; and what to do about it. */
export interface Diagnosis {
  readonly state: "well" | "wrong" | "remark";
  readonly what: string;
  readonly next?: string | undefined;
}

/** What to do about the words of `/health`. */
const words: Readonly<Record<string, readonly [what: string, next: string]>> = {
  config_unreadable: ["it has no configuration", "npx hookswitch config push relay.json"],
  config_invalid: ["the configuration in KV is not valid and passed over", "npx hookswitch config check relay.json"],
  config_faulty: ["a part of the configuration is faulty", "npx hookswitch config check relay.json"],
  permissions_unreadable: ["a permission map cannot be read", "npx hookswitch permissions push map.json"],
  permissions_invalid: ["a permission map is not valid and passed over", "npx hookswitch permissions check map.json"],
  permissions_faulty: ["a part of a permission map is faulty", "npx hookswitch permissions check map.json"],
  log_unreadable: ["its database cannot be read", "npm run deploy migrates it"],
  public_url_invalid: ["PUBLIC_URL is no URL", "npm run deploy -- --url https://…"],
  admin_token_missing: ["ADMIN_TOKEN is not set: nobody can use its API", "npm run deploy makes one"],
  admin_token_short: ["ADMIN_TOKEN is short", "openssl rand -hex 32 | npx wrangler secret put ADMIN_TOKEN"],
  relay_key_missing: ["RELAY_KEY is not set: ids are not keyed", "npm run deploy makes one"],
};

/** The steps of the self-test, by the beginning of their names: what is so when one is done, and what to do when not. */
const steps: readonly (readonly [name: string, what: string, next: string])[] = [
  ["configuration", "a configuration is in force", "npx hookswitch config push relay.json"],
  ["tables", "its tables are those of its code", "npm run deploy migrates them"],
  [
    "webhook",
    "a webhook goes from intake to log",
    "npm run deploy sets the queues up; npx wrangler tail shows what fails",
  ],
  ["queue", "is consumed", "npm run deploy sets the queues up"],
  ["login", "is decided by its map", "npx hookswitch permissions push map.json"],
  ["cron", "cron runs each minute", "npm run deploy sets it up"],
];

/** Judges what was found out. */
export function diagnose({
  url,
  health,
  api,
  publicUrl,
  steps: tried = [],
  remarks = [],
  faults = [],
}: Facts): Diagnosis[] {
  if (health === undefined)
    return [wrong(`nothing answers at ${url}`, "npm start, or npm run deploy; a new address takes some minutes")];
  return [
    ...(health.ok ? [well("/health says that it is well")] : health.broken.map((word) => explainWord(word, "wrong"))),
    ...health.warnings.map((word) => explainWord(word, "remark")),
    ...judgeApi(api),
    ...judgeAddress(url, publicUrl),
    ...faults.map(({ path, message }) => wrong(`${path}: ${message}`, "npx hookswitch config push relay.json")),
    ...remarks.map(
      ({ path, message }) => ({ state: isUnset(message) ? "wrong" : "remark", what: `${path}: ${message}` }) as const,
    ),
    ...tried.map(judgeStep),
  ];
}

/** Whether something is wrong. */
export function isUnwell(findings: readonly Diagnosis[]): boolean {
  return findings.some(({ state }) => state === "wrong");
}

function judgeApi(api: Facts["api"]): Diagnosis[] {
  if (api === "open") return [well("its API takes the token")];
  if (api === "unauthorized") return [wrong("its API does not take this token", "use --token or ADMIN_TOKEN")];
  if (api === undefined) return [wrong("its API does not answer", "npx wrangler tail shows what fails")];
  return [{ state: "remark", what: "without a token nothing more can be seen", next: "use --token or ADMIN_TOKEN" }];
}

/** Events name it in `dataschema`, and who reads them looks there. */
function judgeAddress(url: string, publicUrl: string | undefined): Diagnosis[] {
  if (publicUrl === undefined || new URL(publicUrl).origin === new URL(url).origin) return [];
  return [
    { state: "remark", what: `it believes to be reached at ${publicUrl}`, next: `npm run deploy -- --url ${url}` },
  ];
}

function explainWord(word: string, state: Diagnosis["state"]): Diagnosis {
  const [what, next] = words[word] ?? [word, "docs/operations.md"];
  return { state, what, next };
}

/** A reference that stands for nothing: what it is to prove or to sign is refused or held. */
function isUnset(message: string): boolean {
  return /^env:\w+ is not set/.test(message);
}

function judgeStep({ name, ok, detail = "failed" }: NonNullable<Facts["steps"]>[number]): Diagnosis {
  const [start = "", what = "", next] = steps.find(([one]) => name.startsWith(one)) ?? [];
  if (!ok) return wrong(`${name}: ${detail}`, next);
  return well(name === start ? what : `${name} ${what}`);
}

function well(what: string): Diagnosis {
  return { state: "well", what };
}

function wrong(what: string, next: string | undefined): Diagnosis {
  return { state: "wrong", what, next };
}
