import type { AttemptFailure, EndReason } from "../../log/reasons.ts";
import type { Advice } from "../rejections/advice.ts";

const CONFIGURATION = "Mend it in the configuration, then replay them.";
const AGAIN = "Replay them; report it if it happens again.";

/** Why a delivery was given up, in words. */
const causes: Readonly<Record<Exclude<AttemptFailure | EndReason, "not_matched">, Advice>> = {
  timeout: {
    sentence: "It did not answer in time.",
    next: "Have it answer first and work afterwards, or raise its `timeoutMs`; then replay them.",
  },
  connection: { sentence: "It could not be reached.", next: "Look whether it is up; then replay them." },
  unusable_secret: { sentence: "None of its secrets could sign.", next: CONFIGURATION },
  unresolved_header: { sentence: "A header of it refers to a secret that is not set.", next: CONFIGURATION },
  refused_url: { sentence: "Its address is none that anything is sent to.", next: CONFIGURATION },
  not_sendable: { sentence: "The request could not be made from its address and headers.", next: CONFIGURATION },
  expired: { sentence: "It was too late: `expireAfter` had passed.", next: "Replay what still matters." },
  destination_removed: {
    sentence: "The destination was taken out of the configuration.",
    next: "Replay them to another destination, or leave them.",
  },
  event_missing: { sentence: "The event was gone when its turn came.", next: "Ask the vendor to send it again." },
  event_unreadable: { sentence: "The event cannot be read any more.", next: "Ask the vendor to send it again." },
  row_unreadable: { sentence: "What the log had of the delivery was damaged.", next: AGAIN },
  log_refused: { sentence: "The log did not take it.", next: AGAIN },
  consumer_ended: { sentence: "Whatever handled it ended, many times.", next: AGAIN },
};

/** What happened to deliveries that were given up, and what to do. */
export function adviseOnCause(reason: string | null): Advice {
  const status = /^status_(\d{3})$/.exec(reason ?? "")?.[1];
  if (status !== undefined) return adviseOnStatus(Number(status));
  const known = Object.entries(causes).find(([cause]) => cause === reason)?.[1];
  return known ?? { sentence: "Nobody has written down why.", next: AGAIN };
}

function adviseOnStatus(status: number): Advice {
  const sentence = `It answered ${status}.`;
  if (status === 410)
    return { sentence, next: "It wants nothing any more: take it out, or resume it and replay them." };
  if (status === 401 || status === 403) {
    return { sentence, next: "Compare its secret with the one it verifies by; then replay them." };
  }
  if (status === 429) return { sentence, next: "Give it a `rate` that it can bear; then replay them slowly." };
  if (status >= 300 && status < 400)
    return { sentence, next: "Nothing is followed: configure the address that it leads to." };
  if (status < 500) return { sentence, next: "Read its answer at a sample; mend there or here, then replay them." };
  return { sentence, next: "Look whether it is well; then replay them." };
}
