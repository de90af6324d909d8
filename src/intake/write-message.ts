import type { Json } from "../events/json.ts";
import { newReceipt } from "../events/receipt.ts";
import type { Read } from "./body/formats.ts";
import type { WholeMessage } from "./message.ts";
import type { Proved } from "./proved.ts";
import { scrubbingOf } from "./scrub/rules.ts";
import { scrub } from "./scrub/scrub.ts";

/** The queue's message of a webhook, and the body in it before it was printed. */
export interface Written {
  readonly message: WholeMessage;
  /** The body as it was read where nothing of it was secret. */
  readonly body: Json;
  /** Something of it that was no secret is in neither. */
  readonly isLossy: boolean;
}

/** The queue's message of a webhook, under a new receipt: the body scrubbed, its numbers digit by digit. */
export function writeMessage(webhook: Proved, read: Read, receivedAt: number): Written {
  const { source, key, kind, signed, origin, traceparent, liveKeys } = webhook;
  const { body, warnings, isLossy } = scrub(read.body, scrubbingOf(source, liveKeys));
  const message: WholeMessage = {
    v: 1,
    receipt: newReceipt(receivedAt),
    source: source.id,
    vendor: source.vendor.id,
    kind,
    receivedAt,
    key,
    warnings: [...read.warnings, ...warnings],
    body: JSON.stringify(body),
    signed: signed && { id: signed.id && liveKeys.blank(signed.id) },
    origin,
    traceparent,
  };
  return { message, body, isLossy };
}
