import * as z from "zod";

/** Why a delivery waits without an attempt, besides the faulty parts of a configuration. */
export type HeldReason = "handed_over" | "breaker" | "paused" | "rate" | "concurrency" | "gate" | `faulty_${string}`;

/** Why a delivery waits whose first attempt has not ended: it goes on behind its batch. */
export type UnderWayReason = "under_way";

/** Why an attempt has no answer. */
export type AttemptFailure =
  | "timeout"
  | "connection"
  | "unusable_secret"
  | "unresolved_header"
  | "refused_url"
  | "not_sendable";

/** Why a delivery ends without an attempt. */
export type EndReason =
  | "expired"
  | "destination_removed"
  | "event_missing"
  | "event_unreadable"
  | "row_unreadable"
  | "log_refused"
  | "consumer_ended"
  | "not_matched";

/** Why a delivery stands where it stands; `status_…`: what the receiver answered. */
export type DeliveryReason = HeldReason | UnderWayReason | AttemptFailure | EndReason | `status_${number}`;

/** Why a webhook becomes no event; what each means, docs/operations.md says. */
export const unreadReason = z.enum([
  "not_a_webhook",
  "unreadable",
  "body_missing",
  "log_refused",
  "never_handled",
  "other_version",
  "queue_refused",
  "spool_unreadable",
  "never_read",
]);
export type UnreadReason = z.infer<typeof unreadReason>;
