import type { Line, Waiting } from "./line.ts";

/** `again`: seconds until it comes again. */
type Verdict = { readonly again: number | undefined } | "done";

/** A batch as the platform hands it out, and the messages' way back. */
export interface HandedOut {
  readonly batch: MessageBatch;
  /** The handler has returned: what it said nothing about is acknowledged; if it threw, all of that comes again. */
  readonly conclude: (threw: boolean) => void;
  /** The handler never returned, and nothing that it said was heard. */
  readonly abandon: () => void;
}

/** Makes a batch. Of each message the first verdict counts, and one on the message beats one on the batch. */
export function handOut(line: Line, messages: readonly Waiting[]): HandedOut {
  const verdicts = new Map<Waiting, Verdict>();
  const onAll: Verdict[] = [];
  const judge = (message: Waiting, verdict: Verdict) => void (verdicts.has(message) || verdicts.set(message, verdict));
  const batch: MessageBatch = {
    queue: line.name,
    metadata: { metrics: { backlogCount: line.length, backlogBytes: 0 } },
    messages: messages.map((message) => ({
      id: message.id,
      timestamp: new Date(message.sentAt),
      body: message.body,
      attempts: message.tries,
      ack: () => judge(message, "done"),
      retry: ({ delaySeconds } = {}) => judge(message, { again: delaySeconds }),
    })),
    ackAll: () => void onAll.push("done"),
    retryAll: ({ delaySeconds } = {}) => void onAll.push({ again: delaySeconds }),
  };
  return {
    batch,
    conclude: (threw) => {
      const unsaid: Verdict = threw ? { again: undefined } : "done";
      for (const message of messages) {
        const verdict = verdicts.get(message) ?? onAll[0] ?? unsaid;
        if (verdict !== "done") line.putBack(message, verdict.again);
      }
    },
    abandon: () => {
      for (const message of messages) line.putBack(message);
    },
  };
}
