import type { Fate } from "../../log/events/fate.ts";
import type { UnreadReason } from "../../log/reasons.ts";
import type { Advice } from "../rejections/advice.ts";

/** What became of a webhook, as far as anybody knows. */
export type Known = Fate | { readonly state: "unread" };

/** Why a webhook became no event. */
const failures: Readonly<Record<UnreadReason, Advice>> = {
  not_a_webhook: {
    sentence: "It was a message of the queue that no intake had sent.",
    next: "Find out what else writes to the relay's queues.",
  },
  unreadable: {
    sentence: "Its body is not what was stored.",
    next: "Ask the vendor to send it again, and report it.",
  },
  body_missing: {
    sentence: "It was large, and its body is not in the spool any more.",
    next: "Ask the vendor to send it again.",
  },
  log_refused: {
    sentence: "The log did not take its event; it was delivered where the first attempt succeeded.",
    next: "Ask the destinations whether they have it, else the vendor to send it again.",
  },
  never_handled: {
    sentence: "Whatever handled it ended, many times.",
    next: "Report it: its row in the table `failure` has what there is of it.",
  },
  other_version: {
    sentence: "Another version of the relay had queued it, and was not deployed again for four days.",
    next: "Ask the vendor to send it again.",
  },
  queue_refused: {
    sentence: "The queue refused it ten times while it took others.",
    next: "Ask the vendor to send it again, smaller if that can be.",
  },
  spool_unreadable: {
    sentence: "Its row in the spool was no message.",
    next: "Ask the vendor to send it again, and report it.",
  },
  never_read: {
    sentence: "It was large, and nothing came for its body in four days.",
    next: "Ask the vendor to send it again, and look at the queues' consumers in the Cloudflare dashboard.",
  },
};

/** What became of a webhook in words, and what to do. */
export function adviseOnFate(receipt: string, fate: Known): Advice {
  switch (fate.state) {
    case "event":
      return {
        sentence: `It became the event ${fate.event}.`,
        next: `\`npx hookswitch show ${fate.event}\` tells where that was delivered.`,
      };
    case "duplicate":
      return {
        sentence: `It repeated the webhook ${fate.first}, whose event is ${fate.event}; nothing is delivered twice.`,
        next: `\`npx hookswitch show ${fate.event}\` tells where that was delivered.`,
      };
    case "waiting":
      return {
        sentence: "It is stored, and waits until the queue takes it.",
        next: `Nothing: each minute it is offered again. \`npx hookswitch show ${receipt}\` tells when it is an event.`,
      };
    case "unread":
      return {
        sentence: "It is stored, and on its way from the queue to the log.",
        next: `Nothing: \`npx hookswitch show ${receipt}\` tells in a moment.`,
      };
    case "failed":
      return (
        Object.entries(failures).find(([reason]) => reason === fate.reason)?.[1] ?? {
          sentence: "It could not be read, and became no event.",
          next: "Ask the vendor to send it again, and report it.",
        }
      );
  }
}
