import * as z from "zod";
import type { EventId } from "../../events/event-id.ts";
import type { UnreadReason } from "../../log/reasons.ts";

/** What cannot be read is kept up to here. */
const MAX_KEPT_CHARACTERS = 100_000;
const MAX_SOURCE_CHARACTERS = 100;

const anySource = z.looseObject({ source: z.string() });

/** A webhook that becomes no event. `message`: what there is of it. */
export interface UnreadWebhook {
  readonly receipt: string;
  readonly source: string;
  readonly receivedAt: number;
  readonly reason: UnreadReason;
  readonly message: string;
  /** Its body may lie in the spool. */
  readonly ref?: true | undefined;
  /** Ids that it may have claimed before, where they are known. */
  readonly ids?: readonly EventId[] | undefined;
}

/** A webhook that becomes no event, with what there is of it. */
export function failureOf(
  { receipt, source, receivedAt }: Omit<UnreadWebhook, "reason" | "message">,
  reason: UnreadReason,
  body: unknown,
): UnreadWebhook {
  const message = print(body).slice(0, MAX_KEPT_CHARACTERS).toWellFormed();
  return { receipt, source: source.slice(0, MAX_SOURCE_CHARACTERS), receivedAt, reason, message };
}

/** The source that something names which may be a webhook's message. */
export function sourceIn(body: unknown): string {
  return anySource.safeParse(body).data?.source ?? "unknown";
}

/** A queue also carries what JSON does not. */
function print(body: unknown): string {
  try {
    return JSON.stringify(body) ?? "";
  } catch {
    return String(body);
  }
}
