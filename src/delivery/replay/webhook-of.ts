import { MAX_ATTRIBUTE_CHARACTERS } from "../../events/attribute.ts";
import type { HookEvent } from "../../events/envelope.ts";
import { type Json, parseJson } from "../../events/json.ts";
import { answer } from "../../events/parts/answer.ts";
import { login } from "../../events/parts/login.ts";
import type { Webhook } from "../../vendors/vendor.ts";

/**
 * The webhook that an event was read from. Its kind stands in the event, whether the URL named it or the body; one that
 * was cut is longer than any in a URL, so the body names it again.
 */
export function webhookOf({ vendorevent, receivedtime, data }: HookEvent): Webhook {
  const body: Json = parseJson(JSON.stringify(data.raw ?? null));
  return {
    kind: vendorevent === "unknown" || vendorevent.length >= MAX_ATTRIBUTE_CHARACTERS - 1 ? undefined : vendorevent,
    body,
    receivedAt: Date.parse(receivedtime),
    login: login.safeParse(data.login).data,
    answer: answer.safeParse(data.answer).data,
  };
}
