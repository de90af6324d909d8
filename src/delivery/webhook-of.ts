import type { HookEvent } from "../events/envelope.ts";
import { type Json, parseJson } from "../events/json.ts";
import { login } from "../events/parts/login.ts";
import type { Webhook } from "../vendors/vendor.ts";

/** The webhook that an event was read from. Its kind stands in the event, whether the URL named it or the body. */
export function webhookOf({ vendorevent, receivedtime, data }: HookEvent): Webhook {
  const text = JSON.stringify(data.raw ?? null);
  const body: Json = parseJson(text);
  return {
    kind: vendorevent === "unknown" ? undefined : vendorevent,
    body,
    text,
    receivedAt: Date.parse(receivedtime),
    login: login.safeParse(data.login).data,
  };
}
