import { withoutMember } from "../events/canonical.ts";
import type { Draft } from "../events/draft.ts";
import { type Identity, wordsOf } from "../events/identity.ts";
import type { Vendor, Webhook } from "./vendor.ts";
import { DATED_WINDOW_MS } from "./windows.ts";

/** What is known of an accepted webhook besides what it says. */
export interface Accepted {
  readonly source: string;
  readonly receipt: string;
  /** It was signed; `id`: the message id under the signature, where the scheme has one. */
  readonly signed?: { readonly id?: string | undefined } | undefined;
  /** A hash of what was sent, where the body does not tell all of it. */
  readonly sent?: string | undefined;
}

/**
 * Reads a webhook, and tells what makes its event the one that it is: its kind and its whole body. A question that was
 * answered is an event of its own. A signature covers no URL: of a signed webhook counts what its body alone says, and
 * the id of the message, so that nobody can send it again under another kind.
 */
export async function identify(
  read: (webhook: Webhook) => Promise<Draft>,
  webhook: Webhook,
  { source, receipt, signed, sent }: Accepted,
  volatile: Vendor["volatile"] = [],
): Promise<{ readonly draft: Draft; readonly identity: Identity }> {
  const { kind: inUrl, receivedAt, login, answer } = webhook;
  const full = await read(webhook);
  const alone = signed === undefined || inUrl === undefined ? full : await read({ ...webhook, kind: undefined });
  const { subject, kind } = alone;
  const windowMs = signed?.id === undefined ? alone.windowMs : DATED_WINDOW_MS;
  const message = signed?.id === undefined ? [] : ["message", signed.id];
  const question = login !== undefined ? "login" : answer !== undefined ? "sync" : undefined;
  const beyond = sent === undefined ? [] : ["sent", sent];
  const once = question === undefined ? [...message, ...beyond] : [question, receipt];
  const words = await wordsOf(kind, volatile.reduce(withoutMember, webhook.body), once);
  return { draft: { ...full, kind, windowMs }, identity: { source, subject, words, windowMs, receivedAt } };
}
