import { OWN_SOURCE } from "../../events/own-source.ts";
import { newReceipt } from "../../events/receipt.ts";
import type { WholeMessage } from "../../intake/message.ts";
import { store } from "../../intake/store.ts";
import { readFate } from "../../log/events/fate.ts";
import { findEvent, removeWebhook } from "../../log/events/remove.ts";
import type { Work } from "../../platform/work.ts";
import { awaitValue } from "./step.ts";

/** Sends a webhook of the relay's own from the intake on, waits until it is settled, and removes it again, whatever came of it. */
export async function tryWebhook(work: Work): Promise<string | undefined> {
  const { env, now } = work;
  const receipt = newReceipt(now);
  const message: WholeMessage = {
    v: 1,
    receipt,
    source: OWN_SOURCE,
    vendor: "generic",
    kind: "self-test",
    receivedAt: now,
    key: OWN_SOURCE,
    warnings: [],
    body: JSON.stringify({ receipt }),
  };
  try {
    if (!(await store(message, work))) return "neither the queue nor the database takes webhooks";
    if ((await awaitValue(() => findEvent(env.LOG, receipt))) !== undefined) return undefined;
    const fate = await readFate(env.LOG, receipt);
    if (fate === undefined) return "the queue of webhooks is not consumed";
    return fate.state === "waiting" ? "the queue takes no webhooks" : `it became no event: ${fate.state}`;
  } finally {
    await removeWebhook(env.LOG, receipt);
  }
}
