import { toAttribute } from "../../events/attribute.ts";
import type { HookEvent } from "../../events/envelope.ts";
import { callBeside } from "../../events/subject.ts";
import type { WebhookMessage } from "../../intake/message.ts";

/**
 * The subjects under which an event is found although its id does not begin as theirs do: the call that it belongs to,
 * and of a signed webhook, whose id the kind in the URL is no part of, the subject that this kind may have given.
 */
export async function mentionsOf(
  event: Pick<HookEvent, "callid" | "subject">,
  { signed, kind }: Pick<WebhookMessage, "signed" | "kind"> = {},
): Promise<string[]> {
  const call = callBeside(event);
  const own = signed === undefined || kind === undefined ? undefined : event.subject;
  return [call === undefined ? [] : await toAttribute(call), own ?? []].flat();
}
