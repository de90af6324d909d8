import type { FindingKind } from "./kinds.ts";

/** Which relay advice is for. */
export interface Which {
  /** Where it is reached; undefined for the one on this machine. */
  readonly url?: string | undefined;
  /** Which relay of its folder it is, as `--env` says; undefined where nobody knows. */
  readonly environment?: string | undefined;
  /** The source that is meant. */
  readonly source?: string | undefined;
}

/**
 * What to do, as a command or in words. ` @` stands for which relay is meant, `%` for the source, `#` for the file that says
 * which Worker; `npm run deploy` is said for its environment.
 */
export type Advice = string;

/** What is so and what to do, where nothing has to be counted: `/health`, the status and the doctor say it alike. */
const words: Readonly<Partial<Record<FindingKind, readonly [what: string, next: Advice]>>> = {
  config_unreadable: ["it has no configuration", "npx hookswitch config push relay.json @"],
  config_invalid: ["the configuration in KV is not valid and passed over", "npx hookswitch config push a valid one @"],
  config_faulty: [
    "a part of the configuration is faulty",
    "npx hookswitch config pull relay.json @, mend it, then config push",
  ],
  permissions_unreadable: ["a permission map cannot be read", "npx wrangler tail --config # shows what fails"],
  permissions_missing: [
    "it has no permission map: nobody is let in",
    "npx hookswitch permissions push permissions/%.json --source % @",
  ],
  permissions_invalid: [
    "a permission map is not valid and passed over",
    "npx hookswitch permissions pull map.json --source % @ (the one in force), mend it, permissions check map.json, push",
  ],
  permissions_faulty: [
    "a part of a permission map is faulty",
    "npx hookswitch permissions pull map.json --source % @, mend it, permissions check map.json, push",
  ],
  log_unreadable: ["its database cannot be read", "npm run deploy migrates it"],
  cron_late: ["cron does not run", "wait a minute; npm run deploy sets it up where it is missing"],
  limit_near: ["a limit is near", 'docs/operations.md, "What the Free plan bears"'],
  public_url_invalid: ["PUBLIC_URL is no URL", "npm run deploy -- --url https://…"],
  admin_token_missing: ["ADMIN_TOKEN is not set: nobody can use its API", "npm run deploy makes one"],
  admin_token_short: [
    "ADMIN_TOKEN is short",
    "npx wrangler secret put ADMIN_TOKEN --config #; openssl rand -hex 32 makes a good one",
  ],
  relay_key_missing: ["RELAY_KEY is not set: ids are not keyed", "npm run deploy makes one"],
  access_incomplete: ["Cloudflare Access lets nobody in", "docs/people.md: ACCESS_TEAM and ACCESS_AUD are both needed"],
};

/** What is so, where the word is known. */
export function wordsFor(kind: FindingKind): { readonly what: string; readonly next: Advice } {
  const [what, next] = words[kind] ?? [kind, "docs/operations.md"];
  return { what, next };
}

/** How to set a secret that the configuration refers to. */
export function howToSet(name: string, isLocal: boolean): Advice {
  return isLocal
    ? `a line ${name}=… in .dev.vars, then start it again as before`
    : `npx wrangler secret put ${name} --config #`;
}

/** Advice for the relay that is meant. Every command but one for the relay on this machine has to be told which that is. */
export function forRelay(next: Advice, { url, environment, source }: Which): string {
  const isUsual = url === undefined || environment === undefined || environment === "production";
  return next
    .replace(" @", url === undefined ? "" : ` --url ${url}`)
    .replaceAll("%", source ?? "<source>")
    .replace(/#|wrangler\.<name>\.json/, `wrangler.${environment ?? "<name>"}.json`)
    .replace(/npm run (deploy|rollback)(?: --(?= ))?/, (said) =>
      isUsual ? said : `${said.replace(/ --$/, "")} -- --env ${environment}`,
    );
}
