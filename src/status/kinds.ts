import * as z from "zod";

/** What may need a person, the worst first. */
export const findingKind = z.enum([
  "log_unreadable",
  "config_unreadable",
  "cron_late",
  "permissions_unreadable",
  "dead_letters",
  "breaker_open",
  "destination_paused",
  "waiting_long",
  "responder_failing",
  "requests_refused",
  "source_silent",
  "webhooks_failed",
  "config_invalid",
  "config_faulty",
  "permissions_missing",
  "permissions_invalid",
  "permissions_faulty",
  "secret_unset",
  "admin_token_missing",
  "spool_waiting",
  "log_behind",
  "limit_near",
  "public_url_invalid",
  "admin_token_short",
  "relay_key_missing",
  "access_incomplete",
]);
export type FindingKind = z.infer<typeof findingKind>;

/** While one of these is so, the relay does not do its work. */
const BROKEN: readonly FindingKind[] = ["log_unreadable", "config_unreadable", "cron_late", "permissions_unreadable"];
/** These come of how it was set up, and are so until somebody mends it. */
const FAULTS: readonly FindingKind[] = [
  "config_invalid",
  "config_faulty",
  "permissions_missing",
  "permissions_invalid",
  "permissions_faulty",
  "secret_unset",
  "admin_token_missing",
];

/** Whether the relay does not work while it is so. */
export function isBroken(kind: FindingKind): boolean {
  return BROKEN.includes(kind);
}

/** Whether it was set up wrong, or does not work. */
export function isWrong(kind: FindingKind): boolean {
  return isBroken(kind) || FAULTS.includes(kind);
}
