import { fileURLToPath } from "node:url";

/** Keeps wrangler and the local runtime off the network, and its banner off the screen. */
export const quiet = {
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_LOG: "error",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
} as const;

/** The environment of wrangler's commands: what they are given says which Worker is meant, whatever was set for another. */
export function wranglerEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, ...quiet, CLOUDFLARE_ENV: undefined, WRANGLER_CI_OVERRIDE_NAME: undefined };
}

/** A path inside the project, wherever the command was called. */
export function inProject(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}
